package io.wizzie.wcs.ami.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Commands of this machine that have to succeed. */
public final class Commands {
  private Commands() {}

  /** What the command printed. */
  public static String run(String... command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("command", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        throw new IOException(String.join(" ", command) + ": " + Files.readString(errors));
      }
      return output.strip();
    } finally {
      Files.delete(errors);
    }
  }

  /** Runs a shell command as root in the guest of an instance that the engine started. */
  public static String inGuest(String instanceId, String command)
      throws IOException, InterruptedException {
    return run("podman", "exec", container(instanceId), "sh", "-c", command);
  }

  /** Copies a file or folder into such a guest. */
  public static void copyIn(String instanceId, Path source, String target)
      throws IOException, InterruptedException {
    run("podman", "cp", source.toString(), container(instanceId) + ":" + target);
  }

  /** Copies a file out of such a guest. */
  public static void copyOut(String instanceId, String source, Path target)
      throws IOException, InterruptedException {
    // Not `podman cp`, which does not see what is on memory.
    Process process =
        new ProcessBuilder("podman", "exec", container(instanceId), "cat", source)
            .redirectOutput(target.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(source + " can't be read in the guest of " + instanceId);
    }
  }

  private static String container(String instanceId) throws IOException, InterruptedException {
    String label = "label=io.wizzie.wcs-ami.instance=" + instanceId;
    return run("podman", "ps", "-q", "--filter", label);
  }
}
