package io.wizzie.wcs.ami.audit;

import io.wizzie.wcs.ami.config.AuditSpec;
import io.wizzie.wcs.ami.config.AuditSpec.Waiver;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The configuration's exceptions, applied to what was found. */
public final class Waivers {
  private final List<Waiver> waivers;

  public Waivers(AuditSpec spec) {
    this.waivers = spec.waivers();
  }

  /** The report with every finding marked that a waiver is for. */
  public AuditReport apply(AuditReport report) {
    return new AuditReport(
        report.examined(),
        report.findings().stream()
            .map(
                finding ->
                    waiver(finding).map(each -> finding.waived(each.reason())).orElse(finding))
            .toList());
  }

  /** Lines on waivers for which nothing was found, among the checks that were made. */
  public List<String> idle(AuditReport report) {
    return waivers.stream()
        .filter(
            waiver ->
                report.examined().stream()
                    .anyMatch(each -> each.check().id().equals(waiver.check())))
        .filter(waiver -> report.findings().stream().noneMatch(finding -> isFor(waiver, finding)))
        .map(
            waiver ->
                "The waiver of "
                    + waiver.check()
                    + (waiver.path() == null ? "" : " for " + waiver.path())
                    + " is not needed: nothing such was found.")
        .toList();
  }

  private Optional<Waiver> waiver(Finding finding) {
    return waivers.stream().filter(waiver -> isFor(waiver, finding)).findFirst();
  }

  private static boolean isFor(Waiver waiver, Finding finding) {
    return waiver.check().equals(finding.check().id()) && covers(waiver.path(), finding.path());
  }

  private static boolean covers(@Nullable String pattern, @Nullable String path) {
    if (pattern == null) {
      return true;
    }
    return path != null
        && (pattern.equals(path)
            || FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path)));
  }
}
