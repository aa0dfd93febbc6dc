package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.journal.BuildFolder;
import io.wizzie.wcs.ami.ssh.ShellWords;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import io.wizzie.wcs.ami.ssh.SshTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells how to log in to a builder that a failed build leaves behind. */
public final class KeptBuild {
  /** Name of the journal's note on a build whose resources stay on purpose. */
  public static final String UNTIL_NOTE = "kept-until";

  static final String KEY_FILE = "ssh_key";
  static final String KNOWN_HOSTS_FILE = "known_hosts";

  private final BuildFolder folder;
  private @Nullable Access access;
  private boolean closed;

  public KeptBuild(BuildFolder folder) {
    this.folder = folder;
  }

  /**
   * How the builder is reached.
   *
   * @param temporaryKey whether the key pair exists for this build only
   * @param hostKeyLine as OpenSSH writes it
   * @param ownKey private key file of the existing key pair; null when there is none
   */
  public record Access(
      SshTarget target,
      SshIdentity identity,
      boolean temporaryKey,
      String hostKeyLine,
      Instant expiresAt,
      @Nullable Path ownKey) {}

  /** The builder can be logged in to from now on. */
  public void opened(Access builder) {
    this.access = builder;
  }

  /** Until when the builder stays; null when it was never opened. */
  public @Nullable Instant until() {
    return access == null ? null : access.expiresAt();
  }

  /** The guest is being cleaned, which takes the keys away. */
  public void closed() {
    closed = true;
  }

  /**
   * Writes what a login needs into the build's folder.
   *
   * @return lines for the user
   */
  public List<String> explain() {
    Access with = access;
    if (with == null) {
      return List.of();
    }
    if (closed) {
      return List.of("The guest was already being cleaned: nobody can log in to it any more.");
    }
    SshTarget to = with.target();
    String place = to.port() == 22 ? to.host() : "[" + to.host() + "]:" + to.port();
    Path knownHosts = folder.write(KNOWN_HOSTS_FILE, place + " " + with.hostKeyLine() + "\n");
    List<String> words = new ArrayList<>(List.of("ssh", "-p", String.valueOf(to.port())));
    if (with.identity() instanceof SshIdentity.PrivateKey key) {
      words.add("-i");
      // The user's own key stays where it is: a copy here would outlive what it was given for.
      words.add(
          with.temporaryKey() || with.ownKey() == null
              ? folder.writePrivate(KEY_FILE, key.key()).toString()
              : with.ownKey().toString());
      // The user's agent would offer its own keys first, and the server gives up after six.
      words.add("-o");
      words.add("IdentitiesOnly=yes");
    }
    words.add("-o");
    // ssh itself splits this value at blanks, whatever the shell was told.
    words.add("UserKnownHostsFile=\"" + knownHosts + "\"");
    words.add("-o");
    words.add("StrictHostKeyChecking=yes");
    words.add(to.user() + "@" + to.host());
    return List.of(
        "Log in: " + ShellWords.join(words),
        // Armed by the first boot: a builder that never got there may know nothing of it.
        "The builder was told at its first boot to end itself at "
            + with.expiresAt()
            + "; if that did not work, it runs, and costs, until you remove it.");
  }
}
