package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Turns the SDK's exceptions into ones that say what failed and what to do. */
final class Ec2Calls {
  private Ec2Calls() {}

  /**
   * Makes a call.
   *
   * @param action EC2's name for it
   * @param doing what it is for, such as {@code Launching the builder}
   */
  static <T> T call(String action, String doing, Supplier<T> request) {
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

  static void run(String action, String doing, Runnable request) {
    call(
        action,
        doing,
        () -> {
          request.run();
          return Boolean.TRUE;
        });
  }

  private static Ec2CallException refused(
      String action, String doing, AwsServiceException refused) {
    @Nullable AwsErrorDetails details = refused.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    String text = details == null ? null : details.errorMessage();
    String message =
        doing
            + " failed: "
            + (code == null ? "" : code + ": ")
            + (text == null ? "HTTP status " + refused.statusCode() : text)
            + " ("
            + action
            + (refused.requestId() == null ? "" : ", request " + refused.requestId())
            + ")."
            + Remedies.of(code, action);
    return new Ec2CallException(
        Category.EC2, message, action, code, refused.isThrottlingException(), refused);
  }

  private static Ec2CallException interrupted(String action, String doing, Throwable cause) {
    String message = doing + " was interrupted (" + action + ").";
    return new Ec2CallException(Category.INTERRUPTED, message, action, null, false, cause);
  }

  private static Ec2CallException unanswered(
      String action, String doing, SdkClientException unanswered) {
    String message =
        doing
            + " failed, EC2 did not answer: "
            + rootMessage(unanswered)
            + " ("
            + action
            + ")."
            + (isUnreachable(unanswered)
                ? " Check the region's name, the network, the proxy settings and the endpoint URL."
                : "");
    return new Ec2CallException(Category.EC2, message, action, null, false, unanswered);
  }

  private static boolean isUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure ? String.valueOf(failure.getMessage()) : root.toString();
  }
}
