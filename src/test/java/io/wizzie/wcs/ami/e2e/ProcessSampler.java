package io.wizzie.wcs.ami.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Notes, again and again, the command line and the environment of every process of this machine,
 * guests' included. What it has seen is asked for when it has ended.
 */
final class ProcessSampler implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final long PAUSE_MILLIS = 40;

  private final Set<String> seen = new HashSet<>();

  /** Command line by process: a new one means another program, with an environment of its own. */
  private final Map<String, String> known = new HashMap<>();

  private final Thread sampler = new Thread(this::sample, "process sampler");
  private volatile boolean ended;

  static ProcessSampler start() {
    ProcessSampler sampler = new ProcessSampler();
    sampler.sampler.setDaemon(true);
    sampler.sampler.start();
    return sampler;
  }

  private void sample() {
    while (!ended) {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
        processes.forEach(this::look);
        Thread.sleep(PAUSE_MILLIS);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError("The processes can't be looked at", e);
      }
    }
  }

  private void look(Path process) {
    String command = read(process.resolve("cmdline"));
    if (command.equals(known.put(process.toString(), command))) {
      return;
    }
    seen.add(command);
    seen.add(read(process.resolve("environ")));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace('\0', '\n');
    } catch (IOException gone) {
      return "";
    }
  }

  /** Ends it, and tells everything that was seen. */
  Set<String> seen() {
    close();
    return seen;
  }

  @Override
  public void close() {
    ended = true;
    try {
      sampler.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while the sampler ends", e);
    }
  }
}
