package io.wizzie.wcs.ami.localregion.query;

import org.jspecify.annotations.Nullable;

/**
 * What EC2 answers instead of a result: an HTTP status, one of EC2's error codes, and its message.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">EC2's
 *     error codes</a>
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final @Nullable String rule;

  public Refusal(int status, String code, String message) {
    this(status, code, message, null);
  }

  private Refusal(int status, String code, String message, @Nullable String rule) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.rule = rule;
  }

  /** The same, because a rule of the scenario wants it, such as {@code faults[0]}. */
  public Refusal staged(String byRule) {
    return new Refusal(status, code, getMessage(), byRule);
  }

  /** The rule of the scenario that wants it; null if it is the region's own. */
  public @Nullable String rule() {
    return rule;
  }

  /** The client's mistake: HTTP 400, as nearly all of EC2's refusals. */
  public static Refusal of(String code, String message) {
    return new Refusal(400, code, message);
  }

  public static Refusal invalidValue(String message) {
    return of("InvalidParameterValue", message);
  }

  /** As EC2 says it of a word that is none of those it knows. */
  public static Refusal invalidValue(String value, String parameter) {
    return invalidValue("Invalid value '" + value + "' for " + parameter + ".");
  }

  public static Refusal invalidCombination(String message) {
    return of("InvalidParameterCombination", message);
  }

  public static Refusal missing(String parameter) {
    return of("MissingParameter", "The request must contain the parameter " + parameter);
  }

  /** For what EC2 can and this region can't; says so in the message. */
  public static Refusal unsupported(String message) {
    return of("UnsupportedOperation", message);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** EC2's message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
