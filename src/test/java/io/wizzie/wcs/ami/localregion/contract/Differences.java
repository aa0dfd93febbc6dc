package io.wizzie.wcs.ami.localregion.contract;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an implementation answers otherwise than EC2 does by its documentation, and why. The
 * expected answer of a case is always EC2's; this says what is answered instead.
 */
final class Differences {
  /**
   * One difference.
   *
   * @param answer what the implementation answers
   * @param reason why, and what EC2's documentation says
   */
  record Difference(String answer, String reason) {}

  private Differences() {}

  static Optional<Difference> of(String target, String caseId) {
    return Optional.ofNullable(table(target).get(caseId));
  }

  static Set<String> cases(String target) {
    return table(target).keySet();
  }

  private static Map<String, Difference> table(String target) {
    return switch (target) {
      case "local" -> LocalDifferences.TABLE;
      case "moto" -> MotoDifferences.TABLE;
      default -> throw new IllegalArgumentException("No table for " + target);
    };
  }
}
