package io.wizzie.wcs.ami.guest;

import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** A booted systemd container with cloud-init's NoCloud datasource, like an instance. */
public final class PodmanGuest implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  private final String name;

  private PodmanGuest(String name) {
    this.name = name;
  }

  /** Boots a guest; {@code userData} may be empty. */
  public static PodmanGuest boot(String instanceId, byte[] userData) {
    return boot(BaseImages.ensure(), instanceId, userData);
  }

  private static PodmanGuest boot(String image, String instanceId, byte[] userData) {
    PodmanGuest guest = new PodmanGuest("guest-it-" + UUID.randomUUID().toString().substring(0, 8));
    Podman.run(
        "create",
        "--name=" + guest.name,
        "--runtime=runc",
        "--systemd=always",
        "--privileged",
        "--ulimit=nofile=20000:20000",
        "--ulimit=nproc=4096:4096",
        image,
        "/sbin/init");
    try {
      guest.seed(instanceId, userData);
      guest.start();
      return guest;
    } catch (RuntimeException e) {
      guest.close();
      throw e;
    }
  }

  /** Boots another guest of what this one has become: what an image of an instance is. */
  public PodmanGuest bootImage(String instanceId) {
    Podman.run("stop", "--time=20", name);
    String image = "localhost/" + name + "-image";
    Podman.run("commit", "--quiet", name, image);
    return boot(image, instanceId, new byte[0]);
  }

  private void seed(String instanceId, byte[] userData) {
    try {
      Path folder = Files.createTempDirectory("seed");
      try {
        seed(folder, instanceId, userData);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void seed(Path folder, String instanceId, byte[] userData) throws IOException {
    Path seed = Files.createDirectories(folder.resolve("lib/cloud/seed/nocloud"));
    Files.writeString(
        seed.resolve("meta-data"),
        "instance-id: " + instanceId + "\nlocal-hostname: " + instanceId + "\n");
    Files.write(seed.resolve("user-data"), userData);
    Path config = folder.resolve("guest-it.cfg");
    Files.writeString(
        config,
        """
          datasource_list: [NoCloud, None]
          network: {config: disabled}
          manage_etc_hosts: localhost
          system_info:
            default_user: {name: admin}
          """);
    Podman.run("cp", folder.resolve("lib") + "/.", name + ":/var/lib");
    Podman.run("cp", config.toString(), name + ":/etc/cloud/cloud.cfg.d/99-guest-it.cfg");
  }

  private void start() {
    Podman.run("start", name);
    for (int tries = 0;
        !Podman.succeeds("exec", "--user", "admin", name, "sudo", "-n", "true");
        tries++) {
      if (tries == 150) {
        throw new IllegalStateException("The guest " + name + " did not come up");
      }
      pause();
    }
  }

  /** Where its SSH server can be reached. */
  public String address() {
    return Podman.run("inspect", "--format={{.NetworkSettings.IPAddress}}", name);
  }

  public PodmanShell shell() {
    return new PodmanShell(name);
  }

  /** A new connection to a guest that may be rebooting: its container ends and is started again. */
  public PodmanShell reconnect() {
    if (!isRunning()) {
      start();
    }
    return shell();
  }

  private boolean isRunning() {
    return Podman.run("inspect", "--format={{.State.Running}}", name).equals("true");
  }

  /** Runs a command as root and returns what it printed. */
  public String root(String command) {
    return Podman.run("exec", name, "/bin/sh", "-c", command);
  }

  /** Writes an executable file. */
  public void program(String path, String text) {
    try (RemoteShell shell = shell()) {
      shell.require(
          RootScript.writeFile(
              path, "0755", stdin -> stdin.write(text.getBytes(StandardCharsets.UTF_8))),
          "Writing " + path);
    }
  }

  /**
   * Has a process take the lock of apt and dpkg, as they do, until {@code /run/release} is there.
   */
  public void holdAptsLock() {
    program(
        "/root/hold-lock",
        """
        #!/usr/bin/python3
        import fcntl, os, time
        lock = open("/var/lib/dpkg/lock-frontend", "w")
        fcntl.lockf(lock, fcntl.LOCK_EX)
        open("/run/held", "w")
        while not os.path.exists("/run/release"):
            time.sleep(0.1)
        """);
    root(
        "rm -f /run/release /run/held; nohup /root/hold-lock > /dev/null 2>&1 &"
            + " until [ -e /run/held ]; do sleep 0.1; done");
  }

  /** Copies a file of this machine into the guest. */
  public void copyIn(Path file, String path) {
    Podman.run("cp", file.toString(), name + ":" + path);
  }

  /** Waits for cloud-init and returns its exit status. */
  public int cloudInitStatus() {
    try (RemoteShell shell = shell()) {
      return shell
          .run(RemoteCommand.of("cloud-init status --wait", Duration.ofMinutes(5)))
          .exitCode();
    }
  }

  /** Waits until the guest has powered itself off; false when it does not. */
  public boolean awaitEnd(Duration timeout) {
    for (long left = timeout.toMillis(); left > 0; left -= PAUSE_MILLIS) {
      if (!isRunning()) {
        return true;
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Podman.succeeds("rm", "--force", "--volumes", "--time=0", name);
    Podman.succeeds("rmi", "localhost/" + name + "-image");
  }
}
