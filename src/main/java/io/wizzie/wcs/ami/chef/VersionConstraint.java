package io.wizzie.wcs.ami.chef;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version constraint of a {@code depends}: one of Chef's operators and a version. */
final class VersionConstraint {
  private static final Pattern FORM =
      Pattern.compile("\\s*(=|>|<|>=|<=|~>)?\\s*(\\d+(?:\\.\\d+){0,2})\\s*");
  private static final int PARTS = 3;

  private VersionConstraint() {}

  /** Whether the version satisfies the constraint; any does where none is given. */
  static boolean admits(String constraint, String version) {
    if (constraint.isBlank()) {
      return true;
    }
    Matcher form = FORM.matcher(constraint);
    if (!form.matches()) {
      return false;
    }
    String operator = form.group(1) == null ? "=" : form.group(1);
    List<Integer> wanted = numbers(form.group(2));
    int order = compare(numbers(version), wanted);
    return switch (operator) {
      case "=" -> order == 0;
      case ">" -> order > 0;
      case "<" -> order < 0;
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      default -> order >= 0 && compare(numbers(version), ceiling(wanted)) < 0;
    };
  }

  /** The first version that {@code ~>} no longer admits: 1.3 for 1.2.3, 2 for 1.2. */
  private static List<Integer> ceiling(List<Integer> wanted) {
    List<Integer> ceiling = new ArrayList<>(wanted.subList(0, Math.max(1, wanted.size() - 1)));
    ceiling.set(ceiling.size() - 1, ceiling.get(ceiling.size() - 1) + 1);
    return ceiling;
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : version.split("\\.", PARTS)) {
      String digits = part.replaceAll("\\D.*", "");
      numbers.add(digits.isEmpty() ? 0 : Integer.parseInt(digits));
    }
    return numbers;
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < PARTS; i++) {
      int order =
          Integer.compare(i < one.size() ? one.get(i) : 0, i < other.size() ? other.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
