package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.Check;
import io.wizzie.wcs.ami.audit.Finding;
import io.wizzie.wcs.ami.audit.Severity;
import java.util.ArrayList;
import java.util.List;

/** Writes an audit's findings for people: what stands first, then what is waived. */
public final class AuditTable {
  private AuditTable() {}

  public static String of(AuditReport report, int page) {
    List<String> lines = new ArrayList<>();
    List<Finding> standing =
        report.findings().stream().filter(finding -> !finding.isWaived()).toList();
    if (standing.isEmpty()) {
      lines.add("No findings.");
    } else {
      TextTable table = new TextTable(page, "SEVERITY", "CHECK", "WHERE", "FINDING");
      standing.forEach(
          finding ->
              table.row(
                  finding.severity().word(),
                  finding.check().id(),
                  finding.place().isEmpty() ? "-" : finding.place(),
                  finding.message()));
      lines.addAll(table.lines());
      List<Check> remediable =
          standing.stream()
              .filter(finding -> finding.severity() != Severity.NOTE)
              .map(Finding::check)
              .distinct()
              .toList();
      if (!remediable.isEmpty()) {
        lines.add("");
        lines.add("Remedies:");
        remediable.forEach(check -> lines.add("  " + check.id() + ": " + check.remedy()));
      }
    }
    if (!report.waived().isEmpty()) {
      lines.add("");
      TextTable table = new TextTable(page, "WAIVED", "WHERE", "FINDING", "REASON");
      report
          .waived()
          .forEach(
              finding ->
                  table.row(
                      finding.check().id(),
                      finding.place().isEmpty() ? "-" : finding.place(),
                      finding.message(),
                      String.valueOf(finding.waivedBecause())));
      lines.addAll(table.lines());
    }
    if (!report.unasked().isEmpty()) {
      lines.add("");
      lines.add("Not checked:");
      report.unasked().forEach(each -> lines.add("  " + each.check().id() + ": " + each.unasked()));
    }
    return String.join("\n", lines);
  }
}
