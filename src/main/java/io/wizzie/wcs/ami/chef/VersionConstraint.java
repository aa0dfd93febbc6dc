package io.wizzie.wcs.ami.chef;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The version constraint of a {@code depends}: one of Chef's operators and a version. */
final class VersionConstraint {
  private static final String NUMBERS = "\\d+(?:\\.\\d+){0,2}";
  private static final Pattern VERSION = Pattern.compile(NUMBERS);
  private static final Pattern FORM =
      Pattern.compile("\\s*(=|>|<|>=|<=|~>)?\\s*(" + NUMBERS + ")\\s*");
  private static final int PARTS = 3;

  private VersionConstraint() {}

  /**
   * Whether the version satisfies the constraint; any does where none is given, and one that is not
   * known is not judged.
   */
  static boolean admits(String constraint, @Nullable String version) {
    if (constraint.isBlank() || version == null || !VERSION.matcher(version).matches()) {
      return true;
    }
    Matcher form = FORM.matcher(constraint);
    if (!form.matches()) {
      return false;
    }
    String operator = form.group(1) == null ? "=" : form.group(1);
    List<BigInteger> wanted = numbers(form.group(2));
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
  private static List<BigInteger> ceiling(List<BigInteger> wanted) {
    List<BigInteger> ceiling = new ArrayList<>(wanted.subList(0, Math.max(1, wanted.size() - 1)));
    ceiling.set(ceiling.size() - 1, ceiling.get(ceiling.size() - 1).add(BigInteger.ONE));
    return ceiling;
  }

  private static List<BigInteger> numbers(String version) {
    return Pattern.compile("\\.").splitAsStream(version).map(BigInteger::new).toList();
  }

  private static int compare(List<BigInteger> one, List<BigInteger> other) {
    return IntStream.range(0, PARTS)
        .map(i -> part(one, i).compareTo(part(other, i)))
        .filter(order -> order != 0)
        .findFirst()
        .orElse(0);
  }

  private static BigInteger part(List<BigInteger> numbers, int index) {
    return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
  }
}
