package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a tree of the host's own distribution from the host's own mirror. */
record Mmdebstrap(CommandRunner runner, HostSystem host) {
  /** What mmdebstrap takes over from the host, and its own options, are not the guest's. */
  private static final List<String> HOOKS =
      List.of(
          "rm -f \"$1\"/etc/dpkg/dpkg.cfg.d/99mmdebstrap \"$1\"/etc/hostname",
          "echo localhost >\"$1\"/etc/hostname",
          "echo 127.0.0.1 localhost >\"$1\"/etc/hosts",
          "rm -f \"$1\"/etc/resolv.conf && touch \"$1\"/etc/resolv.conf");

  private static final Duration TIMEOUT = Duration.ofMinutes(20);
  private static final Pattern PROXY = Pattern.compile("(?m)^(https?)='(.*)'$");

  /** Changes when another tree would come out, apart from newer packages. */
  String recipe() {
    return String.join(
        "\n",
        "mmdebstrap",
        host.release().codename(),
        host.sources().toString(),
        Packages.ALL.toString(),
        HOOKS.toString());
  }

  /** Makes the tree as a tar file. */
  void make(Path tar, Consumer<String> progress) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mmdebstrap",
                "--variant=minbase",
                "--format=tar",
                "--keyring=" + host.release().keyring(),
                "--include=" + String.join(",", Packages.ALL),
                "--dpkgopt=force-unsafe-io"));
    for (String option : proxies()) {
      command.add("--aptopt=" + option);
    }
    for (String hook : HOOKS) {
      command.add("--customize-hook=" + hook);
    }
    command.add(String.valueOf(host.release().codename()));
    command.add(tar.toString());
    command.addAll(host.sources());
    Outcome outcome = runner.run(command, TIMEOUT, line -> tell(line, progress));
    if (outcome.exitCode() == CommandRunner.NOT_FOUND) {
      throw Category.HOST.failure(
          "The local region makes its base image with mmdebstrap: install it (apt-get install"
              + " mmdebstrap), or name a container image of your own as the base image.");
    }
    if (!outcome.succeeded()) {
      throw Category.HOST.failure(
          "mmdebstrap could not make %s from this machine's mirror: %s. Does `apt-get update` work?"
              .formatted(host.release().prettyName(), errors(outcome)));
    }
  }

  /** Passes on which step it is at, and warnings and errors; not how the tree is polished. */
  private static void tell(String line, Consumer<String> progress) {
    if (!line.contains("-hook") && !line.contains("tempdir")) {
      progress.accept("mmdebstrap: " + line.replaceFirst("^I: ", ""));
    }
  }

  /** The proxies that apt uses on this machine: mmdebstrap does not look at its configuration. */
  private List<String> proxies() {
    Outcome outcome =
        runner.run(
            List.of(
                "apt-config",
                "shell",
                "http",
                "Acquire::http::Proxy",
                "https",
                "Acquire::https::Proxy"),
            Duration.ofSeconds(30));
    List<String> options = new ArrayList<>();
    Matcher proxy = PROXY.matcher(outcome.stdout());
    while (proxy.find()) {
      options.add("Acquire::%s::Proxy \"%s\"".formatted(proxy.group(1), proxy.group(2)));
    }
    return options;
  }

  private static String errors(Outcome outcome) {
    return outcome
        .stderr()
        .lines()
        .filter(line -> line.startsWith("E: "))
        .findFirst()
        .map(line -> line.substring("E: ".length()))
        .orElse(outcome.reason());
  }
}
