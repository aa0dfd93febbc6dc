package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.FakeEc2;
import io.wizzie.wcs.ami.ec2.OperatorAddress;
import io.wizzie.wcs.ami.ec2.VirtualTime;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildEvent.StageFailed;
import io.wizzie.wcs.ami.event.BuildEvent.StageFinished;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A build with everything around it faked, and what came of it. */
final class BuildBench {
  final VirtualTime time;
  final FakeEc2 ec2;
  final FakeGuest guest = new FakeGuest();
  final List<BuildEvent> events = new ArrayList<>();
  final Path output;
  final BuildId buildId;
  BuildSpec spec = Specs.spec();
  OnError onError = OnError.CLEANUP;
  @Nullable Path manifest;
  Verify verify = Verify.NO;
  @Nullable String agentSocket;
  Consumer<BuildEvent> listener = events::add;

  BuildBench(Path output) {
    this(output, new VirtualTime());
  }

  private BuildBench(Path output, VirtualTime time) {
    this(output, new FakeEc2(time), time, "wcs-20261122-135800-ab12cd");
  }

  /** Another build, in a region that there is already. */
  BuildBench(Path output, FakeEc2 ec2, VirtualTime time, String buildId) {
    this.output = output;
    this.ec2 = ec2;
    this.time = time;
    this.buildId = new BuildId(buildId, time.instant());
  }

  /** Audits an image that exists. */
  BuildOutcome audit(String imageId) {
    return new ImageAudit(assignment()).run(imageId);
  }

  BuildPreview preview() {
    return BuildPreview.of(assignment());
  }

  BuildOutcome run() {
    return new ImageBuild(assignment()).run();
  }

  /** Carries the build on, as another process would. */
  BuildOutcome resume() {
    BuildParts parts = parts();
    try (BuildResumption resumption =
        BuildResumption.open(
            output,
            buildId.value(),
            region -> "wcs-ami clean --build " + buildId + " --region " + region)) {
      return resumption.run(parts, new EventStream(time, parts.events()), guest, new Random(1));
    }
  }

  /**
   * A build whose process is killed when its journal has so many lines: nothing that it would have
   * done afterwards is done, and no time passes.
   *
   * @param late as late as possible, right before the next line; else right after that line
   */
  void runUntilKilled(int lines, boolean late) {
    ec2.faults.beforeCall =
        number -> {
          if (Journals.lines(folder()).size() > (late ? lines : lines - 1)) {
            throw new IllegalStateException("Killed");
          }
        };
    BuildOutcome unused = run();
    ec2.faults.beforeCall = number -> {};
    Journals.cut(folder(), lines);
    events.clear();
  }

  BuildOutcome verifyImage(String imageId) {
    return new ImageVerification(imageId, assignment()).run();
  }

  private Assignment assignment() {
    BuildParts parts = parts();
    return new Assignment(
        spec, options(), parts, new EventStream(time, parts.events()), guest, new Random(1));
  }

  BuildOptions options() {
    return new BuildOptions(buildId, onError, manifest, verify);
  }

  BuildParts parts() {
    return new BuildParts(
        ec2.connection(),
        guest,
        agentSocket,
        new FixedAddress(),
        time,
        time,
        event -> listener.accept(event),
        output,
        "1.0.0");
  }

  Path folder() {
    return output.resolve(buildId.value());
  }

  List<String> finishedStages() {
    return events(StageFinished.class).stream().map(StageFinished::name).toList();
  }

  List<String> failedStages() {
    return events(StageFailed.class).stream().map(StageFailed::name).toList();
  }

  <E extends BuildEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static BuildException failure(BuildOutcome outcome) {
    if (outcome instanceof BuildOutcome.Failed failed) {
      return failed.failure();
    }
    if (outcome instanceof BuildOutcome.Interrupted interrupted) {
      return interrupted.failure();
    }
    throw new AssertionError("Not failed: " + outcome);
  }

  /** As a machine that is seen from outside as 192.0.2.1, from the VPC as 10.0.0.1. */
  private static final class FixedAddress implements OperatorAddress {
    @Override
    public InetAddress onTheInternet() {
      return address("192.0.2.1");
    }

    @Override
    public InetAddress towards(InetAddress target) {
      return address("10.0.0.1");
    }

    private static InetAddress address(String literal) {
      try {
        return InetAddress.getByName(literal);
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
