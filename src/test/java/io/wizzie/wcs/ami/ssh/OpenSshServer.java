package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An OpenSSH server of the machine's own, or one that {@code .tools/setup test} unpacked, on a free
 * port of loopback, with files of its own.
 */
final class OpenSshServer implements AutoCloseable {
  private static final List<Path> PROGRAMS =
      List.of(
          Path.of("/usr/sbin/sshd"),
          Path.of("target", "sshd", "usr", "sbin", "sshd").toAbsolutePath());

  private final Path folder;
  private final Path program;
  private final int port;
  private final KeyPair hostKey = SshKeys.generateEd25519();
  private final Process process;

  OpenSshServer(Path folder, PublicKey user, String... options) throws IOException {
    // Not an assumption: a test that is skipped unseen proves nothing.
    this.program =
        PROGRAMS.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "There is no sshd; run .tools/setup test, which unpacks one"));
    this.folder = folder;
    this.port = unusedPort();
    // sshd wants its privilege separation folder, which Debian's service makes at boot.
    Files.createDirectories(Path.of("/run/sshd"));
    write("host", SshKeys.privateKeyFile(hostKey).reveal());
    write("authorized_keys", (SshKeys.publicKeyLine(user) + "\n").getBytes(StandardCharsets.UTF_8));
    List<String> config = new ArrayList<>();
    config.add("ListenAddress 127.0.0.1");
    config.add("HostKey " + folder.resolve("host"));
    config.add("AuthorizedKeysFile " + folder.resolve("authorized_keys"));
    config.add("StrictModes no");
    config.add("UsePAM no");
    config.add("PidFile none");
    config.add("PermitRootLogin prohibit-password");
    // Not the profile of whoever runs the tests.
    config.add("SetEnv HOME=" + folder);
    config.addAll(List.of(options));
    Files.write(folder.resolve("sshd_config"), config);
    this.process = start();
    awaitListening();
  }

  SshTarget target() {
    return new SshTarget("127.0.0.1", port, System.getProperty("user.name"), hostKey.getPublic());
  }

  /** Ends sshd and every session of it, as a crash does. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    if (lacksUser()) {
      // Root's sshd wants a user of that name, which the package's installation adds: it gets one
      // in
      // an /etc/passwd that only it sees.
      Path passwd = folder.resolve("passwd");
      Files.writeString(
          passwd,
          Files.readString(Path.of("/etc/passwd"))
              + "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n");
      command.addAll(
          List.of("unshare", "--mount", "/bin/sh", "-c", AS_USER, "sshd", passwd.toString()));
    }
    command.addAll(
        List.of(
            program.toString(),
            "-D",
            "-e",
            "-f",
            folder.resolve("sshd_config").toString(),
            "-p",
            String.valueOf(port)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private static final String AS_USER = "mount --bind \"$1\" /etc/passwd && shift && exec \"$@\"";

  private static boolean lacksUser() throws IOException {
    return System.getProperty("user.name").equals("root")
        && Files.readAllLines(Path.of("/etc/passwd")).stream()
            .noneMatch(line -> line.startsWith("sshd:"));
  }

  /** Fails with the server's own words once it has ended, and at the latest after a minute. */
  private void awaitListening() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!Files.readString(log()).contains("Server listening on ")) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String why = process.isAlive() ? "does not listen" : "ended: " + process.exitValue();
        kill();
        throw new IllegalStateException(program + " " + why + "\n" + Files.readString(log()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private Path log() {
    return folder.resolve("sshd.log");
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static SshIdentity identity(Path privateKeyFile) throws IOException {
    return new SshIdentity.PrivateKey(Secret.of(Files.readAllBytes(privateKeyFile)));
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
