package io.wizzie.wcs.ami.e2e;

import io.wizzie.wcs.ami.ssh.FaultProxy.Fault;
import io.wizzie.wcs.ami.ssh.FaultProxyProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A port of a guest that leads to its SSH server over a line that fails: a process in the guest's
 * own network. It ends with the build, or when it is closed.
 */
final class FaultyLine implements AutoCloseable {
  /** Where a build finds the line, instead of the SSH server itself. */
  static final int PORT = 2222;

  private static final Duration LIMIT = Duration.ofMinutes(20);

  private final Running proxy;

  private FaultyLine(Running proxy) {
    this.proxy = proxy;
  }

  /**
   * When a line fails, and how.
   *
   * @param event in the build's event file from which on bytes count
   * @param towardsServer which bytes count
   */
  record Strike(Fault fault, String event, boolean towardsServer, long afterBytes) {
    static Strike inStage(String stage, Fault fault, boolean towardsServer, long afterBytes) {
      return new Strike(fault, "\"stage\":\"" + stage + "\",\"title\":", towardsServer, afterBytes);
    }
  }

  /**
   * Opens it as soon as the guest has a network.
   *
   * @param events the build's event file
   * @param strike null for a line that does not fail
   */
  static FaultyLine into(String instanceId, Running build, Path events, @Nullable Strike strike) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("nsenter", "--net", "--target", awaitProcess(instanceId, build)));
    command.addAll(List.of("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("-cp", "target/test-classes"));
    command.addAll(
        List.of(
            FaultProxyProcess.class.getName(), String.valueOf(PORT), String.valueOf(build.pid())));
    if (strike == null) {
      command.add(FaultProxyProcess.NO_FAULT);
    } else {
      command.addAll(
          List.of(
              strike.fault().name(),
              strike.towardsServer() ? "up" : "down",
              String.valueOf(strike.afterBytes()),
              events.toString(),
              strike.event()));
    }
    return new FaultyLine(Running.start(new ProcessBuilder(command)));
  }

  /** The process of this machine that is the guest's first one. */
  private static String awaitProcess(String instanceId, Running build) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline && build.isAlive()) {
      String process =
          Running.run(
                  List.of(
                      "sh",
                      "-c",
                      "podman ps --quiet --filter label=io.wizzie.wcs-ami.instance=%s |"
                              .formatted(instanceId)
                          + " xargs --no-run-if-empty podman inspect --format '{{.State.Pid}}';"
                          + " sleep 0.2"))
              .stdout()
              .strip();
      if (!process.isEmpty() && !process.equals("0")) {
        return process;
      }
    }
    throw new AssertionError("The guest " + instanceId + " never ran:\n" + build.messages());
  }

  /** When it failed; empty when it did not. */
  Optional<Instant> struck() {
    return proxy
        .results()
        .lines()
        .filter(line -> line.startsWith("struck "))
        .map(line -> Instant.parse(line.substring("struck ".length())))
        .findFirst();
  }

  /** What is wrong with the line itself; empty when nothing is. */
  String problem() {
    return proxy.messages().strip();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
