package io.wizzie.wcs.ami.pipeline.result;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.verify.SmokeResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that was tried out, and works.
 *
 * @param trials one for each instance that was launched
 * @param audit of the plain one; null when only its working was asked for
 */
public record Verification(String imageId, List<Trial> trials, @Nullable AuditReport audit) {
  public Verification {
    trials = List.copyOf(trials);
  }

  /**
   * One instance of it.
   *
   * @param name {@code plain}, or {@code user-data} for the one that had a buyer's own
   * @param firstBoot from the launch to the converged bootstrap
   * @param log the bootstrap's
   */
  public record Trial(
      String name, String instanceId, Duration firstBoot, Path log, List<SmokeResult> checks) {
    public Trial {
      checks = List.copyOf(checks);
    }
  }

  /** In one line. */
  String summary() {
    long checks = trials.stream().mapToLong(trial -> trial.checks().size()).sum();
    return imageId + " works: " + trials.size() + " instances, " + checks + " checks";
  }
}
