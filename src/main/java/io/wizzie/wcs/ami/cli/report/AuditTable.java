package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.audit.AuditReport;
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
    TextTable table = new TextTable(page, "SEVERITY", "CHECK", "WHERE", "FINDING");
    standing.forEach(
        finding ->
            table.row(
                finding.severity().word(),
                finding.check().id(),
                place(finding),
                finding.message()));
    lines.addAll(table.lines("No findings."));
    List<String> remedies =
        standing.stream()
            .filter(finding -> finding.severity() != Severity.NOTE)
            .map(Finding::check)
            .distinct()
            .map(check -> check.id() + ": " + check.remedy())
            .toList();
    add(lines, "Remedies:", remedies);
    if (!report.waived().isEmpty()) {
      lines.add("");
      TextTable waived = new TextTable(page, "WAIVED", "WHERE", "FINDING", "REASON");
      report
          .waived()
          .forEach(
              finding ->
                  waived.row(
                      finding.check().id(),
                      place(finding),
                      finding.message(),
                      String.valueOf(finding.waivedBecause())));
      lines.addAll(waived.lines());
    }
    List<String> unasked =
        report.unasked().stream().map(each -> each.check().id() + ": " + each.unasked()).toList();
    add(lines, "Not checked:", unasked);
    return String.join("\n", lines);
  }

  private static String place(Finding finding) {
    return finding.place().isEmpty() ? "-" : finding.place();
  }

  private static void add(List<String> lines, String heading, List<String> each) {
    if (!each.isEmpty()) {
      lines.addAll(List.of("", heading));
      each.forEach(line -> lines.add("  " + line));
    }
  }
}
