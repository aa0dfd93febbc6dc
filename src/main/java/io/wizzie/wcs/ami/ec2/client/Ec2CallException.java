package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.BuildException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** An EC2 call that did not succeed. */
public final class Ec2CallException extends BuildException {
  private static final long serialVersionUID = 1L;

  private final String action;
  private final String code;
  private final FailureKind kind;

  public Ec2CallException(
      Category category,
      String message,
      String action,
      @Nullable String code,
      FailureKind kind,
      Throwable cause) {
    super(category, message, cause);
    this.action = action;
    this.code = code == null ? "" : code;
    this.kind = kind;
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

  /** Whether the same call may well succeed a little later, without anybody doing anything. */
  public boolean isTransient() {
    return kind == FailureKind.THROTTLED
        || kind == FailureKind.SERVER_ERROR
        || kind == FailureKind.NO_ANSWER;
  }

  /**
   * Whether the call may have had its effect all the same: no answer came, or one that leaves it
   * open. Otherwise EC2 has refused, or was never asked.
   */
  public boolean isOutcomeUnknown() {
    return kind == FailureKind.SERVER_ERROR
        || kind == FailureKind.NO_ANSWER
        || kind == FailureKind.INTERRUPTED;
  }

  /** Whether these credentials may not do it. */
  public boolean isDenied() {
    return kind == FailureKind.DENIED;
  }

  public FailureKind kind() {
    return kind;
  }

  /** What passes, in a few words, such as {@code EC2 throttles}. */
  public String brief() {
    return getCause() instanceof SdkException failed ? RetryPolicy.why(kind, failed) : "EC2 failed";
  }
}
