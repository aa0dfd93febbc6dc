package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.journal.BuildFolder;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.pipeline.recovery.KeptBuild;
import io.wizzie.wcs.ami.pipeline.result.BuildResult.StageTiming;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.util.List;

/**
 * What one build works with, wired together.
 *
 * @param uniqueName begins the names and tokens of what is made: not the build's ID alone once it
 *     was resumed, or EC2 would answer with what the killed process has made
 */
record BuildSession(
    BuildFolder folder,
    Journal journal,
    EventStream events,
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
    return around(folder, journal, job, "", List.of());
  }

  /**
   * That of a build which was killed: nothing of what it has made is known to it yet.
   *
   * @param resumed how often the build is resumed with this
   * @param earlier stages that were run before the crash
   */
  static BuildSession reopen(
      Assignment job, Journal journal, int resumed, List<StageTiming> earlier) {
    BuildFolder folder = BuildFolder.make(job.parts().outputFolder(), job.options().buildId());
    return around(folder, journal, job, "-r" + resumed, earlier);
  }

  private static BuildSession around(
      BuildFolder folder,
      Journal journal,
      Assignment job,
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
    Heartbeat heartbeat = new Heartbeat(parts.clock(), ec2.instances(), journal, events);
    return new BuildSession(
        folder,
        journal,
        events,
        new Stages(parts.clock(), events, earlier),
        ec2,
        cleanup,
        new ResourceTracker(
            parts.clock(),
            events,
            journal,
            cleanup,
            parts.ec2().cli(),
            buildId,
            heartbeat),
        new Resources(parts.ec2().region(), ec2, parts.ec2().cli(), buildId),
        new KeptBuild(folder),
        heartbeat,
        buildId + suffix);
  }

  ImageStage imageStage(ImageSpec spec, BuildId buildId) {
    return new ImageStage(spec, buildId, ec2, creations, cleanup, resources);
  }

  private static String removed(List<Leftover> left) {
    long kept = left.stream().filter(Leftover::kept).count();
    return left.isEmpty() ? "nothing is left" : kept + " kept on purpose";
  }

  /** The last stage, of every build that has made something. */
  List<Leftover> removeAll() {
    return stages.runAlways(
        "remove",
        "Remove what was temporary",
        cleanup::removeAll,
        BuildSession::removed);
  }
}
