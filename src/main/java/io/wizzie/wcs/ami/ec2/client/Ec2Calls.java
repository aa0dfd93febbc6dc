package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.DurationText;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Turns the SDK's exceptions into ones that say what failed and what to do. */
public final class Ec2Calls {
  // Less is the time that an answer takes, and a date without fractions.
  private static final Duration NOTICEABLE = Duration.ofSeconds(30);

  private static final int PROXY_AUTHENTICATION = 407;

  private Ec2Calls() {}

  /**
   * Makes a call.
   *
   * @param action EC2's name for it
   * @param doing what it is for, such as {@code Launching the builder}
   */
  public static <T> T call(String action, String doing, Supplier<T> request) {
    try {
      return request.get();
    } catch (AwsServiceException refused) {
      throw refused(action, doing, refused);
    } catch (AbortedException interrupted) {
      Thread.currentThread().interrupt();
      throw interrupted(action, doing, interrupted);
    } catch (SdkClientException unanswered) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(action, doing, unanswered);
      }
      throw unanswered(action, doing, unanswered);
    }
  }

  /** What the call answers, or {@code none} where EC2 says that the thing does not exist. */
  public static <T> T ifFound(T none, Supplier<T> call) {
    try {
      return call.get();
    } catch (Ec2CallException failed) {
      if (failed.isNotFound()) {
        return none;
      }
      throw failed;
    }
  }

  private static Ec2CallException refused(
      String action, String doing, AwsServiceException refused) {
    Instant now = Instant.now();
    FailureKind kind = FailureKind.of(refused, now);
    String code = FailureKind.code(refused);
    @Nullable AwsErrorDetails details = refused.awsErrorDetails();
    String text = details == null ? null : details.errorMessage();
    String said = text == null ? "HTTP status " + refused.statusCode() : text;
    String remedy;
    if (kind == FailureKind.DENIED) {
      Denial denial = Denial.of(action, said);
      said = denial.said();
      remedy = " " + denial.remedy();
    } else {
      remedy =
          kind == FailureKind.CLOCK_SKEW
              ? skewed(FailureKind.skew(refused, now))
              : refused.statusCode() == PROXY_AUTHENTICATION
                  ? " The proxy wants a user name and password: write them into HTTPS_PROXY."
                  : Remedies.of(code, said);
    }
    String message =
        doing
            + " failed: "
            + (code.isEmpty() ? "" : code + ": ")
            + said
            + " ("
            + action
            + (refused.requestId() == null ? "" : ", request " + refused.requestId())
            + ")."
            + remedy;
    return new Ec2CallException(category(kind), message, action, code, kind, refused);
  }

  private static Category category(FailureKind kind) {
    return kind == FailureKind.UNAUTHENTICATED || kind == FailureKind.EXPIRED
        ? Category.CREDENTIALS
        : Category.EC2;
  }

  private static String skewed(Duration ahead) {
    String by =
        ahead.abs().compareTo(NOTICEABLE) < 0
            ? " differs from EC2's"
            : " is "
                + DurationText.spoken(ahead.abs())
                + (ahead.isNegative() ? " behind" : " ahead of")
                + " EC2's";
    return " This machine's clock" + by + ": set it (timedatectl set-ntp true), then start again.";
  }

  private static Ec2CallException interrupted(String action, String doing, Throwable cause) {
    String message = doing + " was interrupted (" + action + ").";
    return new Ec2CallException(
        Category.INTERRUPTED, message, action, null, FailureKind.INTERRUPTED, cause);
  }

  private static Ec2CallException unanswered(
      String action, String doing, SdkClientException unanswered) {
    FailureKind kind = FailureKind.of(unanswered, Instant.now());
    String message =
        kind == FailureKind.EXPIRED
            ? doing
                + " failed: there are no AWS credentials any more: "
                + plainCause(unanswered)
                + " ("
                + action
                + "). Sign in again (aws sso login, aws configure), and let the session last longer"
                + " than a build."
            : doing
                + " failed, EC2 did not answer: "
                + plainCause(unanswered)
                + " ("
                + action
                + ")."
                + (isUnreachable(unanswered)
                    ? " Check the region's name, the network, the proxy settings and the endpoint"
                        + " URL."
                    : "");
    return new Ec2CallException(category(kind), message, action, null, kind, unanswered);
  }

  static boolean isUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }

  /** What went wrong at the bottom, in words for people rather than the names of classes. */
  static String plainCause(Throwable failure) {
    if (failure instanceof AwsServiceException refused && !FailureKind.code(refused).isEmpty()) {
      return FailureKind.code(refused);
    }
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof RenewedCredentials.NoneLeft)) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : root.getMessage().strip();
    if (root instanceof FileSystemException) {
      // The message is the path alone.
      return root.toString();
    } else if (root instanceof UnknownHostException) {
      return "the host name " + message + " is unknown";
    } else if (message.isEmpty()) {
      return root instanceof EOFException || root instanceof SocketException
          ? "the connection was closed"
          : "no reason given";
    }
    return message;
  }
}
