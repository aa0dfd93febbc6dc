package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.Severity;
import io.wizzie.wcs.ami.audit.Waivers;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.AuditSpec;

/** What an audit's findings mean: applies the waivers, and tells what does not end the build. */
record AuditGate(AuditSpec spec, EventStream events) {
  /** The report with the waivers applied; everything but the errors is told. */
  AuditReport report(AuditReport found) {
    Waivers waivers = new Waivers(spec);
    AuditReport report = waivers.apply(found);
    report
        .unasked()
        .forEach(each -> events.warn(each.check().id() + ": not checked, " + each.unasked()));
    report.standing(Severity.WARNING).forEach(each -> events.warn(each.describe()));
    report.standing(Severity.NOTE).forEach(each -> events.progress(each.describe()));
    report
        .waived()
        .forEach(
            each ->
                events.progress("waived: " + each.describe() + " (" + each.waivedBecause() + ")"));
    waivers.idle(report).forEach(events::progress);
    return report;
  }

  /**
   * The same, for an image that is to be handed out.
   *
   * @throws BuildException category CHECK when there is an error that nobody has waived
   */
  AuditReport requirePassed(AuditReport found, String subject) {
    AuditReport report = report(found);
    report.requirePassed(subject);
    return report;
  }
}
