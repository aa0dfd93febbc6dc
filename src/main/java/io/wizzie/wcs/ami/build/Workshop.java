package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.build.BuildResult.StageTiming;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.spec.ImageSpec;
import io.wizzie.wcs.ami.spec.TimeoutsSpec;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one build works with, wired together.
 *
 * @param uniqueName begins the names and tokens of what is made: not the build's ID alone once it
 *     was resumed, or EC2 would answer with what the killed process has made
 */
record Workshop(
    BuildFolder folder,
    Journal journal,
    EventStream events,
    Stages stages,
    Ec2Verbs ec2,
    CleanupStack cleanup,
    Creations creations,
    Resources resources,
    KeptBuild kept,
    Heartbeat heartbeat,
    String uniqueName) {

  static Workshop open(
      BuildOptions options,
      BuildParts parts,
      EventStream events,
      RandomGenerator jitter,
      TimeoutsSpec timeouts) {
    BuildFolder folder = BuildFolder.make(parts.outputFolder(), options.buildId());
    Journal journal =
        Journal.begin(
            folder.path(),
            options.buildId().value(),
            parts.ec2().region(),
            parts.toolVersion(),
            parts.clock());
    return around(
        folder, journal, options.buildId(), "", parts, events, jitter, timeouts, List.of());
  }

  /**
   * That of a build which was killed: nothing of what it has made is known to it yet.
   *
   * @param resumed how often the build is resumed with this
   * @param earlier stages that were run before the crash
   */
  static Workshop reopen(
      BuildId buildId,
      Journal journal,
      int resumed,
      BuildParts parts,
      EventStream events,
      RandomGenerator jitter,
      TimeoutsSpec timeouts,
      List<StageTiming> earlier) {
    BuildFolder folder = BuildFolder.make(parts.outputFolder(), buildId);
    return around(
        folder, journal, buildId, "-r" + resumed, parts, events, jitter, timeouts, earlier);
  }

  private static Workshop around(
      BuildFolder folder,
      Journal journal,
      BuildId id,
      String suffix,
      BuildParts parts,
      EventStream events,
      RandomGenerator jitter,
      TimeoutsSpec timeouts,
      List<StageTiming> earlier) {
    String buildId = id.value();
    Waiter waiter = new Waiter(parts.clock(), parts.sleeper(), jitter, events::progress, timeouts);
    Ec2Verbs ec2 = Ec2Verbs.over(parts.ec2(), waiter);
    CleanupStack cleanup = new CleanupStack(parts.clock(), events, journal);
    Heartbeat heartbeat = new Heartbeat(parts.clock(), ec2.instances(), journal, events);
    return new Workshop(
        folder,
        journal,
        events,
        new Stages(parts.clock(), events, earlier),
        ec2,
        cleanup,
        new Creations(
            parts.clock(),
            events,
            journal,
            cleanup,
            parts.ec2().cli().listBuild(buildId),
            heartbeat),
        new Resources(ec2, parts.ec2().cli(), buildId),
        new KeptBuild(folder),
        heartbeat,
        buildId + suffix);
  }

  ImageStage imageStage(ImageSpec spec, BuildId buildId) {
    return new ImageStage(spec, buildId, ec2, creations, cleanup, resources);
  }

  /** The last stage, of every build that has made something. */
  List<Leftover> removeAll() {
    return stages.runAlways(
        "remove",
        "Remove what was temporary",
        cleanup::removeAll,
        left -> left.isEmpty() ? "nothing is left" : left.size() + " could not be removed");
  }
}
