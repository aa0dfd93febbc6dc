package io.wizzie.wcs.ami.ec2.client;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Why a call did not succeed, as far as it decides what is done next.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">EC2's
 *     error codes</a>
 */
public enum FailureKind {
  /** EC2 has done nothing and wants to be asked less often. */
  THROTTLED,
  /** EC2 failed, maybe after the effect. */
  SERVERS_FAULT,
  /** No answer came; the call may have had its effect. */
  NO_ANSWER,
  /** There are no credentials any more, or they have expired. */
  EXPIRED,
  /** The clocks of this machine and of EC2 differ too much. */
  CLOCK_SKEW,
  /** AWS does not know these credentials. */
  UNAUTHENTICATED,
  /** These credentials may not do it. */
  DENIED,
  INTERRUPTED,
  /** Any other refusal. */
  REFUSED;

  private static final Set<String> THROTTLING =
      Set.of(
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "RequestThrottled",
          "RequestThrottledException",
          "EC2ThrottledException",
          "SlowDown");

  private static final Set<String> FAULTS =
      Set.of("InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable");

  private static final Set<String> OVER = Set.of("ExpiredToken", "ExpiredTokenException");

  // EC2 says RequestExpired of a session that is over as well as of a wrong clock.
  private static final Set<String> TIME =
      Set.of("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture");

  // With a wrong clock EC2 may find the signature or the credentials themselves wrong.
  private static final Set<String> MAYBE_TIME = Set.of("AuthFailure", "SignatureDoesNotMatch");

  private static final Set<String> NOT_ALLOWED =
      Set.of("UnauthorizedOperation", "AccessDenied", "AccessDeniedException");

  // AuthFailure is not among them: with another status than 401 it is about a resource.
  private static final Set<String> NOT_KNOWN =
      Set.of(
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "MissingAuthenticationToken",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private static final Duration TOLERATED = Duration.ofMinutes(4);
  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERROR = 500;

  static FailureKind of(Throwable failure, Instant now) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RenewedCredentials.NoneLeft) {
        return EXPIRED;
      }
    }
    if (failure instanceof AwsServiceException refused) {
      return ofRefusal(refused, now);
    }
    boolean interrupted =
        failure instanceof AbortedException || Thread.currentThread().isInterrupted();
    return interrupted ? INTERRUPTED : NO_ANSWER;
  }

  /** Of an error code alone. */
  public static FailureKind ofCode(String code) {
    if (THROTTLING.contains(code)) {
      return THROTTLED;
    } else if (FAULTS.contains(code)) {
      return SERVERS_FAULT;
    } else if (OVER.contains(code) || code.equals("RequestExpired")) {
      return EXPIRED;
    } else if (TIME.contains(code)) {
      return CLOCK_SKEW;
    }
    if (NOT_KNOWN.contains(code)) {
      return UNAUTHENTICATED;
    }
    return NOT_ALLOWED.contains(code) ? DENIED : REFUSED;
  }

  private static FailureKind ofRefusal(AwsServiceException refused, Instant now) {
    String code = code(refused);
    boolean skewed = skew(refused, now).abs().compareTo(TOLERATED) > 0;
    if (skewed && (TIME.contains(code) || MAYBE_TIME.contains(code))) {
      return CLOCK_SKEW;
    }
    FailureKind byCode = ofCode(code);
    if (byCode != REFUSED) {
      return byCode;
    } else if (refused.statusCode() == UNAUTHORIZED && code.equals("AuthFailure")) {
      return UNAUTHENTICATED;
    } else if (refused.isThrottlingException()) {
      return THROTTLED;
    }
    // InsufficientInstanceCapacity and its kin come with status 500, yet nothing has failed:
    // another
    // zone or type is what helps, not the same call again.
    boolean failed = refused.statusCode() >= SERVER_ERROR && !code.startsWith("Insufficient");
    return failed ? SERVERS_FAULT : REFUSED;
  }

  /** EC2's error code; empty where it gave none. */
  static String code(AwsServiceException refused) {
    @Nullable AwsErrorDetails details = refused.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /** How far this machine's clock is ahead of EC2's, by the date of the answer; zero if unknown. */
  static Duration skew(AwsServiceException refused, Instant now) {
    @Nullable AwsErrorDetails details = refused.awsErrorDetails();
    @Nullable SdkHttpResponse response = details == null ? null : details.sdkHttpResponse();
    if (response == null) {
      return Duration.ZERO;
    }
    try {
      return response
          .firstMatchingHeader("Date")
          .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
          .map(theirs -> Duration.between(theirs, now))
          .orElse(Duration.ZERO);
    } catch (DateTimeParseException noDate) {
      return Duration.ZERO;
    }
  }
}
