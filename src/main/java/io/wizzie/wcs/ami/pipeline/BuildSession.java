package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.CapacityFallback;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.journal.BuildFolder;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import io.wizzie.wcs.ami.pipeline.recovery.KeptBuild;
import io.wizzie.wcs.ami.pipeline.result.BuildResult.StageTiming;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one build works with, wired together.
 *
 * @param uniqueName begins the names and tokens of what is made: not the build's ID alone once it
 *     was resumed, or EC2 would answer with what the killed process has made
 */
record BuildSession(
    Assignment job,
    BuildFolder folder,
    Journal journal,
    Stages stages,
    Ec2Verbs ec2,
    CleanupStack cleanup,
    ResourceTracker creations,
    Resources resources,
    KeptBuild kept,
    Heartbeat heartbeat,
    String uniqueName) {
  static BuildSession open(Assignment job) {
    BuildFolder folder = BuildFolder.make(job.parts().outputFolder(), job.options().buildId());
    Journal journal =
        Journal.begin(
            folder.path(),
            job.options().buildId().value(),
            job.parts().ec2().region(),
            job.parts().toolVersion(),
            job.parts().clock());
    return reopen(job, folder, journal, "", List.of());
  }

  /**
   * With what a build, perhaps a killed one, has recorded; what that has made is not known yet.
   *
   * @param suffix of the unique name, another one each time the build is resumed
   * @param earlier stages that were run before a crash
   */
  static BuildSession reopen(
      Assignment job,
      BuildFolder folder,
      Journal journal,
      String suffix,
      List<StageTiming> earlier) {
    BuildParts parts = job.parts();
    EventStream events = job.events();
    String buildId = job.options().buildId().value();
    Waiter waiter =
        new Waiter(
            parts.clock(), parts.sleeper(), job.jitter(), events::progress, job.spec().timeouts());
    Ec2Verbs ec2 = Ec2Verbs.over(parts.ec2(), waiter);
    CleanupStack cleanup = new CleanupStack(parts.clock(), events, journal);
    Heartbeat heartbeat =
        new Heartbeat(parts.clock(), ec2.instances(), journal, events, Heartbeat.PERIOD);
    return new BuildSession(
        job,
        folder,
        journal,
        new Stages(parts.clock(), events, earlier),
        ec2,
        cleanup,
        new ResourceTracker(
            parts.clock(), events, journal, cleanup, parts.ec2().cli(), buildId, heartbeat),
        new Resources(parts.ec2().region(), ec2, parts.ec2().cli(), buildId),
        new KeptBuild(folder),
        heartbeat,
        buildId + suffix);
  }

  /** As {@link Stages#run}. */
  <T> T run(Stage stage, Supplier<T> work, Function<T, String> summary) {
    return stages.run(stage, work, summary);
  }

  /** As {@link ResourceTracker#create}. */
  <T> T create(Kind<T> kind, String finder, String key, Supplier<T> call) {
    return creations.create(kind, finder, key, call);
  }

  /** Makes the call that launches an instance. */
  interface Launch {
    String run(String type, String subnetId, String token);
  }

  /**
   * Launches an instance of the first type, in the first subnet, for which EC2 has capacity.
   *
   * @param name begins the client tokens: another type or subnet under the same token would be
   *     refused (IdempotentParameterMismatch)
   */
  String launch(List<String> types, List<BuilderSubnet> subnets, String name, Launch call) {
    return new CapacityFallback(events()::progress)
        .launch(
            types,
            subnets,
            (type, subnet, number) -> {
              String token = name + "-" + number;
              return create(
                  resources.instance(),
                  "client-token",
                  token,
                  () -> call.run(type, subnet.subnetId(), token));
            });
  }

  RunningInstance awaitRunning(String instanceId) {
    return ec2.instances().awaitRunning(instanceId, spec().builder().launchTimeout());
  }

  BuildSpec spec() {
    return job.spec();
  }

  BuildOptions options() {
    return job.options();
  }

  BuildId buildId() {
    return job.options().buildId();
  }

  BuildParts parts() {
    return job.parts();
  }

  Clock clock() {
    return job.parts().clock();
  }

  EventStream events() {
    return job.events();
  }

  GuestSteps guest() {
    return job.guest();
  }

  ResourceId id(ResourceKind kind, String id) {
    return resources.id(kind, id);
  }

  /** Tags of what is made from now on. */
  ProjectTags tags() {
    return new ProjectTags(
        buildId().value(),
        clock().instant().plus(spec().builder().lifetime()),
        spec().builder().tags());
  }

  /**
   * How an instance is logged in to.
   *
   * @param hostKey that it must present; null to take, on first contact, what it presents
   */
  Login login(String instanceId, SshIdentity identity, @Nullable PublicKey hostKey) {
    return new Login(
        spec().ssh(),
        spec().timeouts(),
        identity,
        hostKey,
        ec2.instances(),
        instanceId,
        parts().connector(),
        events()::progress);
  }

  /** Removes what was temporary: the last stage of all that has made something. Never throws. */
  List<Leftover> removeAll() {
    return stages.runAlways(
        Stage.REMOVE,
        cleanup::removeAll,
        BuildSession::removed,
        left -> left.stream().allMatch(Leftover::kept));
  }

  private static String removed(List<Leftover> left) {
    long kept = left.stream().filter(Leftover::kept).count();
    long stuck = left.size() - kept;
    return left.isEmpty()
        ? "nothing is left"
        : (stuck > 0 ? stuck + " could not be removed" : "")
            + (stuck > 0 && kept > 0 ? ", " : "")
            + (kept > 0 ? kept + " kept on purpose" : "");
  }
}
