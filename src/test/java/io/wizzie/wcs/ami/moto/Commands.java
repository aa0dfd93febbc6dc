package io.wizzie.wcs.ami.moto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Commands of this machine that have to succeed. */
final class Commands {
  private Commands() {}

  /** What the command printed. */
  static String run(String... command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("command", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        throw new IOException(String.join(" ", command) + ": " + Files.readString(errors));
      }
      return output.strip();
    } finally {
      Files.delete(errors);
    }
  }

  /** Runs a shell command as root in an instance's guest. */
  static String inGuest(String instanceId, String command)
      throws IOException, InterruptedException {
    String container =
        run("podman", "ps", "-q", "--filter", "label=io.wizzie.wcs-ami.instance=" + instanceId);
    return run("podman", "exec", container, "sh", "-c", command);
  }
}
