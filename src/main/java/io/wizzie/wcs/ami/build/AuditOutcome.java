package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the audit of an image ended. Exactly one of report and failure is there.
 *
 * @param created whether it made anything in the account
 * @param interrupted whether the user ended it; the thread's interrupt flag is set then
 * @param leftovers what still exists although it should not
 */
public record AuditOutcome(
    @Nullable AuditReport report,
    @Nullable BuildException failure,
    boolean created,
    boolean interrupted,
    List<Leftover> leftovers) {
  public AuditOutcome {
    leftovers = List.copyOf(leftovers);
  }
}
