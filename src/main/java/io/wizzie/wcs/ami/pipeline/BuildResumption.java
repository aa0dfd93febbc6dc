package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import io.wizzie.wcs.ami.ec2.OrphanedResources;
import io.wizzie.wcs.ami.journal.BuildFolder;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.journal.JournalReader;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.pipeline.recovery.Checkpoint;
import io.wizzie.wcs.ami.pipeline.recovery.CheckpointFile;
import io.wizzie.wcs.ami.pipeline.recovery.ResumePoint;
import io.wizzie.wcs.ami.pipeline.recovery.ResumeProbe;
import io.wizzie.wcs.ami.pipeline.recovery.ResumeRefusal;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Failed;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.ResultFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A build that was killed, carried on from where it stands: with its provisioned builder stopped,
 * or with its image begun. Everything else is refused, and changes nothing.
 *
 * <p>Holds the build's lock from the beginning to its end, so that neither a second one nor a
 * cleaning comes between.
 */
public final class BuildResumption implements AutoCloseable {
  /** Name of the journal's note that counts how often the build was resumed. */
  private static final String RESUMED = "resumed";

  private final RecordedBuild recorded;
  private final Checkpoint made;
  private final LockFile lock;
  private final ResumeRefusal refusal;
  private boolean begun;

  private BuildResumption(
      RecordedBuild recorded, Checkpoint made, LockFile lock, ResumeRefusal refusal) {
    this.recorded = recorded;
    this.made = made;
    this.lock = lock;
    this.refusal = refusal;
  }

  /** Writes the command that removes what a build has left. */
  @FunctionalInterface
  public interface Remedy {
    /** The whole command line; the region is null when nothing tells it. */
    String in(@Nullable String region);
  }

  /**
   * Looks at what this machine knows of a build, and takes its lock.
   *
   * @param outputFolder where the builds of this checkout have their folders
   * @param remedy named where the build can't be resumed
   * @throws BuildException category CONFIGURATION when the build can't be resumed, with the reason
   */
  public static BuildResumption open(Path outputFolder, String buildId, Remedy remedy) {
    Path folder = outputFolder.toAbsolutePath().resolve(buildId);
    if (!BuildId.isOne(buildId) || !JournalReader.isIn(folder)) {
      throw new ResumeRefusal(buildId, remedy.in(null))
          .because(
              "there is no journal of it in "
                  + folder
                  + ", and a build can only be resumed where it ran");
    }
    LockFile lock =
        LockFile.tryTake(Journal.lockFile(folder), Journal.PATIENCE)
            .orElseThrow(() -> running(buildId));
    try {
      return open(folder, lock, remedy);
    } catch (RuntimeException refused) {
      lock.remove();
      throw refused;
    }
  }

  private static BuildException running(String buildId) {
    return Category.CONFIGURATION.failure(
        "Build " + buildId + " can't be resumed: it is running on this machine.");
  }

  private static BuildResumption open(Path folder, LockFile lock, Remedy remedy) {
    RecordedBuild recorded = JournalReader.read(folder);
    ResumeRefusal refusal = new ResumeRefusal(recorded.buildId(), remedy.in(recorded.region()));
    if (!recorded.buildId().equals(folder.getFileName().toString())) {
      throw refusal.because("its folder " + folder + " has another build's name");
    }
    if (recorded.outcome() != null) {
      throw refusal.isOver(recorded);
    }
    String digest = recorded.notes().get(CheckpointFile.NOTE);
    if (digest == null) {
      throw refusal.because("it ended before its builder was provisioned and cleaned");
    }
    Checkpoint made = CheckpointFile.read(folder, digest, refusal);
    if (!made.buildId().value().equals(recorded.buildId())) {
      throw refusal.because(CheckpointFile.NAME + " is another build's");
    }
    return new BuildResumption(recorded, made, lock, refusal);
  }

  /** The region that the build was begun in. */
  public String region() {
    return recorded.region();
  }

  /** How the build was run; a failure is cleaned up in any case, as nobody can log in any more. */
  public BuildOptions options() {
    return new BuildOptions(made.buildId(), OnError.CLEANUP, made.manifest(), made.verify());
  }

  /**
   * Carries the build on, once. Never throws: the outcome says what failed and what is left. A
   * refusal has changed nothing, so that the build can be resumed later or cleaned.
   *
   * @param parts whose region is the build's
   */
  public BuildOutcome run(BuildParts parts) {
    return run(Assignment.of(made.spec(), options(), parts));
  }

  BuildOutcome run(BuildParts parts, EventStream events, GuestSteps guest, RandomGenerator jitter) {
    return run(new Assignment(made.spec(), options(), parts, events, guest, jitter));
  }

  private BuildOutcome run(Assignment job) {
    int number = resumedBefore() + 1;
    BuildSession session;
    ResumePoint point;
    try {
      BuildFolder folder = BuildFolder.make(job.parts().outputFolder(), made.buildId());
      Journal journal = Journal.reopen(recorded.folder(), lock, job.parts().clock());
      session = BuildSession.reopen(job, folder, journal, "-r" + number, made.stages());
    } catch (BuildException failed) {
      close();
      return refused(failed);
    }
    begun = true;
    try {
      point = look(job.parts(), session);
    } catch (RuntimeException | Error thrown) {
      session.heartbeat().close();
      session.journal().release();
      return refused(thrown);
    }
    return Job.run(session, open -> new Built(carryOn(point, number, open)));
  }

  private static BuildOutcome refused(Throwable why) {
    return new Failed(Failures.of(why), true, false, List.of());
  }

  private BuildResult carryOn(ResumePoint point, int number, BuildSession session) {
    // First of all: from here on a failure removes everything.
    new ResourceRestorer(recorded, session, new ImageStage(session)).restore(point);
    session.journal().note(RESUMED, String.valueOf(number));
    // Others may treat it as abandoned since its last heartbeat.
    session.heartbeat().beat();
    BuildResult result = new Recipe(session).build(made, point);
    new ResultFiles(session.folder(), session.events().mask(), session.events()::warn)
        .write(result, made.manifest());
    return result;
  }

  private ResumePoint look(BuildParts parts, BuildSession session) {
    if (!parts.ec2().region().equals(recorded.region())) {
      throw refusal.because("it was begun in region " + recorded.region());
    }
    return session.run(
        Stage.LOOK,
        () ->
            new ResumeProbe(
                    recorded, made, new OrphanedResources(parts.ec2()), session.ec2(), refusal)
                .look(),
        ResumePoint::describe);
  }

  private int resumedBefore() {
    String before = recorded.notes().get(RESUMED);
    try {
      return before == null ? 0 : Integer.parseInt(before);
    } catch (NumberFormatException notOurs) {
      return 0;
    }
  }

  /** Gives the lock back when the build was not carried on. */
  @Override
  public void close() {
    if (begun) {
      return;
    }
    begun = true;
    lock.remove();
  }
}
