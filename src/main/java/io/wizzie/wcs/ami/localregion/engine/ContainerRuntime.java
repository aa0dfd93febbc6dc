package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The container program of this machine.
 *
 * @param program the program and the options that precede every one of its verbs
 * @param rootless whether it runs without the rights of root, so that guests have no address that
 *     the host can reach
 * @param limits flags that keep a container within the host's resource limits
 */
record ContainerRuntime(Kind kind, List<String> program, boolean rootless, List<String> limits) {
  private static final Duration PROBE = Duration.ofSeconds(60);

  ContainerRuntime {
    program = List.copyOf(program);
    limits = List.copyOf(limits);
  }

  /** Which program it is. */
  enum Kind {
    PODMAN,
    DOCKER
  }

  /** Finds Podman or, failing that, Docker; takes the text of {@code /proc/self/limits}. */
  static ContainerRuntime detect(CommandRunner runner, String limits) {
    List<String> flags = HostLimits.flags(limits);
    Outcome podman =
        runner.run(
            List.of(
                "podman",
                "info",
                "--format",
                "{{.Host.CgroupsVersion}} {{.Host.Security.Rootless}}"),
            PROBE);
    if (podman.succeeded()) {
      boolean rootless = podman.stdout().strip().endsWith("true");
      boolean unified = podman.stdout().strip().startsWith("v2");
      return new ContainerRuntime(Kind.PODMAN, podmanProgram(runner, unified), rootless, flags);
    }
    Outcome docker =
        runner.run(
            List.of("docker", "info", "--format", "{{.ServerVersion}} {{.SecurityOptions}}"),
            PROBE);
    if (docker.succeeded()) {
      boolean rootless = docker.stdout().contains("rootless");
      return new ContainerRuntime(Kind.DOCKER, List.of("docker"), rootless, flags);
    }
    throw Category.HOST.failure(
        podman.exitCode() == CommandRunner.NOT_FOUND
            ? "The local region needs Podman: install the packages podman and runc"
                + " (apt-get install podman runc)."
            : "Podman does not work for this user: "
                + podman.reason()
                + ". Run it as root (with sudo), or see what `podman info` says.");
  }

  private static List<String> podmanProgram(CommandRunner runner, boolean unified) {
    if (runner.run(List.of("runc", "--version"), PROBE).succeeded()) {
      return List.of("podman", "--runtime", "runc");
    }
    if (unified) {
      return List.of("podman");
    }
    // crun, the default, refuses hybrid hierarchies.
    throw Category.HOST.failure(
        "This machine has control groups of version 1, for which Podman needs runc: install the"
            + " package runc (apt-get install runc).");
  }

  /** The command line of one of its verbs. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /** What it is called in messages. */
  String title() {
    return kind == Kind.PODMAN ? "Podman" : "Docker";
  }
}
