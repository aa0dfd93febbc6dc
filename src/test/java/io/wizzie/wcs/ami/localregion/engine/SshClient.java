package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The machine's own ssh, with a key pair of its own, as a user of guests. */
final class SshClient {
  private static final Duration CALL = Duration.ofMinutes(2);

  /** A guest on a busy machine may take its time to greet. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A guest that boots may not be there at all. */
  private static final Duration PROBE = Duration.ofSeconds(2);

  private static final Duration BOOT = Duration.ofMinutes(3);

  private final CommandRunner runner = new ProcessRunner();
  private final Path key;

  SshClient(Path folder) {
    this.key = folder.resolve("id_ed25519");
    runner.run(
        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", key.toString()),
        CALL);
  }

  String publicKey() throws IOException {
    return Files.readString(Path.of(key + ".pub")).strip();
  }

  /** Waits until the guest lets the login user in, and says how long that took. */
  Duration waitForLogin(Guest guest) throws InterruptedException {
    Instant start = Instant.now();
    while (!attempt(guest, "true", PROBE).succeeded()) {
      if (Instant.now().isAfter(start.plus(BOOT))) {
        throw new AssertionError("no login: " + attempt(guest, "true").stderr());
      }
      Thread.sleep(100);
    }
    return Duration.between(start, Instant.now());
  }

  /** Runs a shell command in the guest, which has to succeed. */
  String run(Guest guest, String command) {
    Outcome outcome = attempt(guest, command);
    if (!outcome.succeeded()) {
      throw new AssertionError(command + ": " + outcome);
    }
    return outcome.stdout().strip();
  }

  Outcome attempt(Guest guest, String command) {
    return attempt(guest, command, PATIENCE);
  }

  private Outcome attempt(Guest guest, String command, Duration patience) {
    return runner.run(
        List.of(
            "ssh",
            "-F",
            "none",
            "-i",
            key.toString(),
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=" + patience.toSeconds(),
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=ERROR",
            "admin@" + String.valueOf(guest.address()).replaceFirst(".*/", ""),
            command),
        CALL);
  }
}
