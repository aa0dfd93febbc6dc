package io.wizzie.wcs.ami.config.reader;

import java.nio.file.FileSystems;
import java.util.regex.PatternSyntaxException;

/** Checks that each waiver of the audit is complete. */
record WaiverChecks(MergedConfig spec, Problems problems) {
  void check() {
    spec.forEachGroup(
        "audit.waivers",
        (waiver, at) -> {
          required(waiver, at, "check", "the ID of a check, as the finding shows it");
          required(waiver, at, "reason", "why its finding is meant to be so");
          path(waiver, at);
        });
  }

  static boolean isComplete(MergedConfig waiver) {
    return waiver.text("check") != null && waiver.text("reason") != null;
  }

  private void required(MergedConfig waiver, String at, String name, String wanted) {
    Value value = waiver.value(name);
    if (value == null || value instanceof Value.Unset) {
      problems.add(
          waiver.build().origin(), FieldPath.child(at, name), "missing; write " + wanted + ".");
    }
  }

  private void path(MergedConfig waiver, String at) {
    String pattern = waiver.text("path");
    if (pattern == null) {
      return;
    }
    try {
      var ignored = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException wrong) {
      problems.add(
          waiver.origin("path"),
          FieldPath.child(at, "path"),
          "is no pattern of paths (" + wrong.getDescription() + "); write it with * and ** only.");
    }
  }
}
