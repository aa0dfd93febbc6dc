package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An EC2 call that did not succeed. */
public final class Ec2CallException extends BuildException {
  private static final long serialVersionUID = 1L;

  private static final Set<String> THROTTLED =
      Set.of(
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "RequestThrottled",
          "EC2ThrottledException",
          "SlowDown");

  private static final Set<String> SERVERS_FAULT =
      Set.of("InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable");

  private final String action;
  private final String code;
  private final boolean throttled;

  Ec2CallException(
      Category category,
      String message,
      String action,
      @Nullable String code,
      boolean throttled,
      Throwable cause) {
    super(category, message, cause);
    this.action = action;
    this.code = code == null ? "" : code;
    this.throttled = throttled;
  }

  /** The EC2 action, such as {@code RunInstances}. */
  public String action() {
    return action;
  }

  /** EC2's error code, such as {@code InvalidGroup.NotFound}; empty when EC2 did not answer. */
  public String code() {
    return code;
  }

  public boolean isOneOf(Set<String> codes) {
    return codes.contains(code);
  }

  /** Whether EC2 says that the thing does not exist, any more or not yet. */
  public boolean isNotFound() {
    return code.endsWith(".NotFound")
        || code.equals("InvalidAMIID.Unavailable")
        || code.equals("InvalidInstanceID");
  }

  /** Whether the same call may well succeed a little later. */
  public boolean isPassing() {
    boolean noAnswer = code.isEmpty() && category() != Category.INTERRUPTED;
    return throttled || THROTTLED.contains(code) || SERVERS_FAULT.contains(code) || noAnswer;
  }

  /**
   * Whether the call may have had its effect all the same: no answer came, or one that leaves it
   * open. Otherwise EC2 has refused.
   */
  public boolean mayHaveHappened() {
    return code.isEmpty() || SERVERS_FAULT.contains(code);
  }
}
