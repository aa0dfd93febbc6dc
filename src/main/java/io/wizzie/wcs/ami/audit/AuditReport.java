package io.wizzie.wcs.ami.audit;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an audit has looked at and found.
 *
 * @param findings the gravest first, waived ones included
 */
public record AuditReport(List<Examined> examined, List<Finding> findings) {
  private static final int SHOWN_ERRORS = 20;

  public AuditReport {
    examined = List.copyOf(examined);
    findings =
        findings.stream()
            .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::check))
            .toList();
  }

  public static AuditReport empty() {
    return new AuditReport(List.of(), List.of());
  }

  /** Both audits' as one. */
  public AuditReport plus(AuditReport other) {
    return new AuditReport(
        Stream.concat(examined.stream(), other.examined.stream()).toList(),
        Stream.concat(findings.stream(), other.findings.stream()).toList());
  }

  /** Findings that keep the image from being handed out. */
  public List<Finding> errors() {
    return standing(Severity.ERROR);
  }

  /** Findings of that severity that nobody has waived. */
  public List<Finding> standing(Severity severity) {
    return findings.stream()
        .filter(finding -> finding.severity() == severity && !finding.isWaived())
        .toList();
  }

  public List<Finding> waived() {
    return findings.stream().filter(Finding::isWaived).toList();
  }

  /** Checks that could not be made. */
  public List<Examined> unasked() {
    return examined.stream().filter(each -> each.unasked() != null).toList();
  }

  public boolean passed() {
    return errors().isEmpty();
  }

  /** Such as {@code 21 checks, 1 error, 2 warnings, 1 waived}. */
  public String summary() {
    List<String> parts = new ArrayList<>();
    parts.add(examined.size() - unasked().size() + " checks");
    add(parts, errors().size(), "error");
    add(parts, standing(Severity.WARNING).size(), "warning");
    if (!waived().isEmpty()) {
      parts.add(waived().size() + " waived");
    }
    if (!unasked().isEmpty()) {
      parts.add(unasked().size() + " could not be made");
    }
    return String.join(", ", parts);
  }

  /**
   * Lets an image without error-level findings pass.
   *
   * @throws BuildException category CHECK with each finding, its place and its remedy
   */
  public void requirePassed(String subject) {
    List<Finding> errors = errors();
    if (errors.isEmpty()) {
      return;
    }
    String lines =
        errors.stream()
            .limit(SHOWN_ERRORS)
            .map(each -> "  " + each.describe() + "\n    " + each.check().remedy())
            .collect(Collectors.joining("\n"));
    int more = errors.size() - SHOWN_ERRORS;
    throw Category.CHECK.failure(
        "The audit of "
            + subject
            + " has found "
            + (errors.size() == 1 ? "an error" : errors.size() + " errors")
            + ":\n"
            + lines
            + (more > 0 ? "\n  and " + more + " more" : "")
            + "\nWhat is meant to be so can be waived, with a reason, in audit.waivers.");
  }

  private static void add(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add(count + " " + word + (count == 1 ? "" : "s"));
    }
  }
}
