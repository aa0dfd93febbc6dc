package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.InterruptibleCall;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a chain that is made anew when EC2 says that they have expired: the SDK's own
 * providers keep what they read once, while a person who signs in again writes new files.
 */
final class RenewedCredentials
    implements AwsCredentialsProvider, ExecutionInterceptor, SdkAutoCloseable {
  private final Supplier<AwsCredentialsProvider> chain;
  private @Nullable AwsCredentialsProvider current;

  RenewedCredentials(Supplier<AwsCredentialsProvider> chain) {
    this.chain = chain;
  }

  /** There are no credentials to sign a call with, so that it was not made. */
  static final class NoneLeft extends SdkClientException {
    private static final long serialVersionUID = 1L;

    NoneLeft(RuntimeException cause) {
      super(SdkClientException.builder().message(message(cause)).cause(cause));
    }

    // The SDK says only that a credential_process has failed, and beneath it what that has said.
    private static String message(RuntimeException cause) {
      String said = String.valueOf(cause.getMessage()).strip();
      Throwable beneath = cause.getCause();
      String more = beneath == null ? null : beneath.getMessage();
      return cause instanceof SdkException || more == null || said.contains(more.strip())
          ? said
          : said.replaceFirst("\\.+$", "") + ": " + more.strip();
    }
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      AwsCredentialsProvider provider = current();
      // The SDK reads what a credential_process says, for as long as that runs.
      return InterruptibleCall.run("asking for AWS credentials", provider::resolveCredentials);
    } catch (RuntimeException none) {
      // STS or SSO refused, a credential_process failed, or a file or setting is wrong: the SDK has
      // an exception of another kind for nearly each of these.
      forget();
      if (none instanceof AbortedException
          || Thread.currentThread().isInterrupted()
          || none.getCause() instanceof InterruptedException) {
        throw AbortedException.create("Interrupted while credentials were asked for", none);
      }
      throw new NoneLeft(none);
    }
  }

  @Override
  public void onExecutionFailure(
      Context.FailedExecution failed, ExecutionAttributes executionAttributes) {
    if (failed.exception() instanceof AwsServiceException refused
        && FailureKind.ofCode(FailureKind.code(refused)) == FailureKind.EXPIRED) {
      forget();
    }
  }

  @Override
  public void close() {
    forget();
  }

  private synchronized AwsCredentialsProvider current() {
    AwsCredentialsProvider provider = current;
    if (provider == null) {
      provider = chain.get();
      current = provider;
    }
    return provider;
  }

  private synchronized void forget() {
    if (current instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
    current = null;
  }
}
