package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.pipeline.recovery.KeptBuild;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Failed;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Interrupted;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Work that makes things in the account, and is over only when they are gone or told of. */
record Job(BuildSession session) {
  /**
   * Runs it. Never throws: the outcome says what failed and what is left. An interrupt of the
   * thread ends the work; everything is removed before this returns, with the flag set again.
   *
   * @param work does it, and removes what was temporary when all went well
   */
  static BuildOutcome run(Assignment job, Function<BuildSession, BuildOutcome> work) {
    BuildSession session;
    try {
      session = BuildSession.open(job);
    } catch (BuildException failed) {
      return new Failed(failed, true, false, List.of());
    }
    return run(session, work);
  }

  /** The same, with what is there already. */
  static BuildOutcome run(BuildSession session, Function<BuildSession, BuildOutcome> work) {
    return new Job(session).run(work);
  }

  private BuildOutcome run(Function<BuildSession, BuildOutcome> work) {
    BuildOutcome outcome;
    try {
      new KnownSecrets(session.events()).announce(session.spec());
      outcome = work.apply(session);
    } catch (RuntimeException | Error thrown) {
      outcome = failed(Failures.of(thrown));
    }
    close(outcome);
    return outcome;
  }

  private BuildOutcome failed(BuildException failure) {
    boolean interrupted =
        failure.category() == Category.INTERRUPTED || Thread.currentThread().isInterrupted();
    boolean keep = session.options().onError() == OnError.KEEP;
    if (interrupted && keep) {
      session
          .events()
          .warn("--on-error keep does not hold for an interrupt: everything is removed.");
    }
    boolean kept = !interrupted && keep;
    List<Leftover> left = kept ? keep() : remove();
    if (!interrupted) {
      return new Failed(failure, !session.cleanup().any(), kept, left);
    }
    Thread.currentThread().interrupt();
    return new Interrupted(failure, left);
  }

  private List<Leftover> remove() {
    return session.cleanup().isEmpty() ? session.cleanup().removeAll() : session.removeAll();
  }

  private List<Leftover> keep() {
    List<Leftover> left = session.cleanup().leaveAll("kept on purpose (--on-error keep)");
    try {
      Instant until = session.kept().until();
      if (until != null) {
        // Or somebody's daily cleaning would take it away from whoever looks at it.
        session.heartbeat().keepUntil(until);
        session.journal().note(KeptBuild.UNTIL_NOTE, until.toString());
      }
      String login = String.join("\n", session.kept().explain());
      return login.isEmpty() ? left : left.stream().map(one -> withLogin(one, login)).toList();
    } catch (BuildException failed) {
      session.events().warn("How to log in can't be told: " + failed.getMessage());
    }
    return left;
  }

  /** How to get in is told with how to remove: whoever reads the one looks for the other. */
  private Leftover withLogin(Leftover left, String login) {
    if (left.resource().kind() != ResourceKind.INSTANCE) {
      return left;
    }
    String reason = left.reason() + "\n" + login;
    // For the log: consoles leave it to the command to tell of what is left.
    session
        .events()
        .accept(
            new BuildEvent.ResourceLeft(
                session.clock().instant(), left.resource(), reason, left.removal()));
    return new Leftover(left.resource(), left.kept(), reason, left.removal());
  }

  private void close(BuildOutcome outcome) {
    String word =
        outcome instanceof Failed
            ? "failed"
            : outcome instanceof Interrupted
                ? "interrupted"
                : outcome instanceof BuildOutcome.Built
                    ? "built"
                    : outcome instanceof BuildOutcome.Audited ? "audited" : "verified";
    for (Runnable last :
        List.<Runnable>of(
            session.heartbeat()::close,
            session.folder()::removeBundle,
            () -> session.journal().finished(word))) {
      try {
        last.run();
      } catch (RuntimeException | Error failed) {
        // The outcome is known: nothing may take it away.
        session.events().warn(String.valueOf(Failures.of(failed).getMessage()));
      }
    }
  }
}
