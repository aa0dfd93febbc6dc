package io.wizzie.wcs.ami.pipeline.result;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import java.util.List;

/** How a build ended. */
public sealed interface BuildOutcome {
  /** What still exists although it should not, or was kept on purpose; none when all is removed. */
  List<Leftover> leftovers();

  /** The image exists and can be used, whether or not everything else could be removed. */
  record Built(BuildResult result) implements BuildOutcome {
    @Override
    public List<Leftover> leftovers() {
      return result.leftovers();
    }
  }

  /** An image was tried out and works. */
  record Verified(Verification verification, List<Leftover> leftovers) implements BuildOutcome {
    public Verified {
      leftovers = List.copyOf(leftovers);
    }
  }

  /** An image was audited, whether or not it passed. */
  record Audited(AuditReport report, List<Leftover> leftovers) implements BuildOutcome {
    public Audited {
      leftovers = List.copyOf(leftovers);
    }
  }

  /**
   * There is no image to hand out.
   *
   * @param nothingCreated whether the build ended before it made anything in the account
   * @param kept whether what is left was kept on purpose
   */
  record Failed(
      BuildException failure, boolean nothingCreated, boolean kept, List<Leftover> leftovers)
      implements BuildOutcome {
    public Failed {
      leftovers = List.copyOf(leftovers);
    }
  }

  /** The user ended the build; the thread's interrupt flag is set. */
  record Interrupted(BuildException failure, List<Leftover> leftovers) implements BuildOutcome {
    public Interrupted {
      leftovers = List.copyOf(leftovers);
    }
  }
}
