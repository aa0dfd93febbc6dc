package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource limits of this process, as flags for a container. Container programs raise the
 * limits by default, which fails where the host forbids it ("error setting rlimit type 7").
 */
final class HostLimits {
  /** What systemd gives to a system of its own; more only makes closing all files slow. */
  private static final long MOST_OPEN_FILES = 524_288;

  /**
   * About what an instance of 8 GiB gives to a user. Podman lowers its own limit to this, so a
   * container can't have more.
   */
  private static final long MOST_PROCESSES = 32_768;

  private static final Pattern LINE =
      Pattern.compile("(?m)^Max (open files|processes) +\\S+ +(\\d+|unlimited)");

  private HostLimits() {}

  /** The text of this process's limits. */
  static String read() {
    try {
      return Files.readString(Path.of("/proc/self/limits"));
    } catch (IOException unreadable) {
      throw Category.HOST.failure(
          "/proc/self/limits cannot be read: guests need Linux.", unreadable);
    }
  }

  /** Flags that stay within the hard limits of the text of {@code /proc/self/limits}. */
  static List<String> flags(String limits) {
    List<String> flags = new ArrayList<>();
    Matcher line = LINE.matcher(limits);
    while (line.find()) {
      boolean files = line.group(1).equals("open files");
      long hard =
          line.group(2).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(line.group(2));
      long value = Math.min(hard, files ? MOST_OPEN_FILES : MOST_PROCESSES);
      flags.add("--ulimit");
      flags.add((files ? "nofile=" : "nproc=") + value + ":" + value);
    }
    return List.copyOf(flags);
  }
}
