package io.wizzie.wcs.ami.config.reader;

import java.util.List;

/** Checks that each smoke check has one kind, and only fields of that kind. */
record SmokeCheckRules(MergedConfig spec, Problems problems) {
  private static final List<String> KINDS = List.of("tcp", "http", "unit", "command");
  private static final List<String> OF_HTTP = List.of("path", "status", "text");

  void check() {
    spec.forEachGroup("verify.checks", this::check);
  }

  static boolean isComplete(MergedConfig check) {
    return KINDS.stream().anyMatch(name -> has(check, name));
  }

  private void check(MergedConfig check, String at) {
    List<String> kinds = KINDS.stream().filter(name -> has(check, name)).toList();
    if (kinds.size() != 1) {
      problems.add(
          check.build().origin(),
          at,
          (kinds.isEmpty() ? "checks nothing" : "checks " + String.join(" and ", kinds))
              + "; write exactly one of "
              + String.join(", ", KINDS)
              + ".");
      return;
    }
    if (!has(check, "http")) {
      OF_HTTP.stream()
          .filter(name -> has(check, name))
          .forEach(
              name ->
                  problems.add(
                      check.origin(name),
                      FieldPath.child(at, name),
                      "means something beside http only; remove it."));
    }
  }

  private static boolean has(MergedConfig check, String name) {
    Value value = check.value(name);
    return value != null && !(value instanceof Value.Unset);
  }
}
