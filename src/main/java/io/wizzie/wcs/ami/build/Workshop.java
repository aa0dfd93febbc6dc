package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.spec.TimeoutsSpec;
import java.util.List;
import java.util.random.RandomGenerator;

/** What one build works with, wired together. */
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
    Heartbeat heartbeat) {

  static Workshop open(
      BuildOptions options,
      BuildParts parts,
      EventStream events,
      RandomGenerator jitter,
      TimeoutsSpec timeouts) {
    String buildId = options.buildId().value();
    BuildFolder folder = BuildFolder.make(parts.outputFolder(), options.buildId());
    Journal journal =
        Journal.begin(
            folder.path(), buildId, parts.ec2().region(), parts.toolVersion(), parts.clock());
    Waiter waiter = new Waiter(parts.clock(), parts.sleeper(), jitter, events::progress, timeouts);
    Ec2Verbs ec2 = Ec2Verbs.over(parts.ec2(), waiter);
    CleanupStack cleanup = new CleanupStack(parts.clock(), events, journal);
    Heartbeat heartbeat = new Heartbeat(parts.clock(), ec2.instances(), journal, events);
    return new Workshop(
        folder,
        journal,
        events,
        new Stages(parts.clock(), events),
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
        heartbeat);
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
