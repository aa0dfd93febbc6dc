package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import io.wizzie.wcs.ami.pipeline.result.Verification.Trial;
import io.wizzie.wcs.ami.verify.SmokeResult;

/** Writes a verification as a table, for people. */
public final class VerificationTable {
  private VerificationTable() {}

  public static String of(Verification verification, int page) {
    TextTable table = new TextTable(page, "INSTANCE", "CHECK", "INSIDE", "OUTSIDE");
    for (Trial trial : verification.trials()) {
      table.row(
          trial.name(),
          "first boot",
          "converged in " + DurationText.elapsed(trial.firstBoot()),
          "");
      for (SmokeResult result : trial.checks()) {
        table.row(trial.name(), result.check(), result.insideSaid(), result.outsideSaid());
      }
    }
    return String.join("\n", table.lines());
  }
}
