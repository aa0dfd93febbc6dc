package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RootScript;
import io.wizzie.wcs.ami.ssh.ShellWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fills root's private folder in the guest, into which the bundle is unpacked. */
record StagingFolder(ReconnectingShell guest) {
  static final String SCRIPT_FILE = ProvisionConverge.STAGING_FOLDER + "/converge.sh";

  private static final RootScript SCRIPT = RootScript.load(StagingFolder.class, "converge.sh");

  private static final String TIMEOUT_FIELD = "provision.timeout";

  /**
   * Makes the folder anew with the bundle, the secret if there is one, and the script.
   *
   * @param left of {@code provision.timeout}
   */
  void fill(Path bundle, @Nullable Path secret, Supplier<Duration> left) {
    String folder = ProvisionConverge.STAGING_FOLDER;
    // Into a folder of its own first: one that a lost connection cut short is no staging folder,
    // and what may still be unpacking there can't touch the next.
    String unpack =
        String.format(
            "set -e; umask 077; new=$(mktemp -d %1$s-new.XXXXXX); trap 'rm -rf \"$new\"' EXIT;"
                + " trap 'exit 1' HUP INT TERM PIPE; tar -xzf - -C \"$new\"; rm -rf %1$s;"
                + " mv -T \"$new\" %1$s",
            folder);
    guest.require(
        () ->
            RemoteCommand.of(
                    "sudo -n /bin/sh -c " + ShellWords.quote(unpack), left.get(), TIMEOUT_FIELD)
                .withStdin(stdin -> Files.copy(bundle, stdin)),
        "Unpacking the cookbook bundle in the guest");
    if (secret != null) {
      // Not in the bundle, which stays on this machine; and never on a command line.
      guest.require(
          () ->
              RootScript.copyFile(
                  ProvisionConverge.SECRET_FILE, "0600", left.get(), TIMEOUT_FIELD, secret),
          "Putting the encrypted data bags' secret into the guest");
    }
    guest.require(
        () -> RootScript.writeFile(SCRIPT_FILE, "0700", SCRIPT::writeTo),
        "Putting the converge's script into the guest");
  }
}
