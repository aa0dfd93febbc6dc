package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import io.wizzie.wcs.ami.ssh.ShellWords;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * Installs the hook that converges the bootstrap cookbooks at the first boot of every instance: a
 * script in cloud-init's {@code per-instance} folder that runs once per instance ID.
 *
 * <p>In that folder it survives a buyer's own {@code runcmd}, {@code users} and {@code
 * write_files}, but not a user data that replaces {@code cloud_final_modules}.
 */
public record BootstrapHook(Clock clock, Consumer<BuildEvent> events) {
  /** Folder in the image that holds this project's own files. */
  public static final String IMAGE_FOLDER = "/usr/local/etc/wcs/ami";

  private static final RootScript INSTALL = RootScript.load(BootstrapHook.class, "install-hook.sh");

  /** A file that is written into the image's {@code bin} folder. */
  private record HookFile(String name, String mode, String resource) {
    String text() {
      return RootScript.load(BootstrapHook.class, resource).text();
    }
  }

  private static final List<HookFile> FILES =
      List.of(
          new HookFile("wcs-bootstrap", "0755", "wcs-bootstrap.sh"),
          new HookFile("chef-failure.awk", "0644", "chef-failure.awk"),
          new HookFile("wcs-bootstrap.service", "0644", "wcs-bootstrap.service"),
          new HookFile("wcs-bootstrap-resume.service", "0644", "wcs-bootstrap-resume.service"),
          new HookFile("per-instance", "0755", "per-instance.sh"),
          new HookFile("put-hook-back", "0755", "put-hook-back.sh"));

  /**
   * Installs the hook's files, and a copy of the ones that {@code cloud-init clean} would delete,
   * which {@link GuestCleaning} puts back. It may be run again.
   *
   * @param stagingFolder where the cookbook bundle was unpacked; its {@code bootstrap} folder has
   *     {@code cookbooks}, {@code solo.rb} and {@code node.json}
   * @param soloPath absolute path of chef-solo in the guest
   * @throws BuildException category GUEST
   */
  public void install(
      RemoteShell shell, String stagingFolder, String soloPath, BootstrapSpec bootstrap) {
    String seconds = String.valueOf(bootstrap.timeout().toSeconds());
    for (HookFile file : FILES) {
      write(
          shell,
          IMAGE_FOLDER + "/bin/" + file.name(),
          file.mode(),
          file.text().replace("@TIMEOUT_SECONDS@", seconds));
    }
    write(
        shell,
        IMAGE_FOLDER + "/bootstrap.conf",
        "0644",
        "# Read by wcs-bootstrap, as shell text.\n"
            + "SOLO="
            + ShellWords.quote(soloPath)
            + "\n"
            + "LOG_FILE="
            + ShellWords.quote(bootstrap.logFile())
            + "\n"
            + "TIMEOUT_SECONDS="
            + seconds
            + "\n");
    shell.require(INSTALL.brief(stagingFolder), "Installing the bootstrap hook");
    events.accept(
        new BuildEvent.Progress(
            clock.instant(),
            "Every instance will converge the bootstrap cookbooks at its first boot; log "
                + bootstrap.logFile()
                + "."));
  }

  private static void write(RemoteShell shell, String path, String mode, String text) {
    shell.require(
        RootScript.writeFile(
            path, mode, stdin -> stdin.write(text.getBytes(StandardCharsets.UTF_8))),
        "Writing " + path + " in the guest");
  }
}
