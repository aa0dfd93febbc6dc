package io.wizzie.wcs.ami.ec2.client;

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
    AwsCredentialsProvider provider = current();
    try {
      return provider.resolveCredentials();
    } catch (SdkClientException | AwsServiceException none) {
      // The latter of STS or SSO, where a role is assumed or a session is exchanged.
      forget();
      throw new NoneLeft(none);
    } catch (IllegalStateException failed) {
      // What a credential_process that fails comes to, and one that is interrupted.
      forget();
      if (Thread.currentThread().isInterrupted()
          || failed.getCause() instanceof InterruptedException) {
        throw AbortedException.create("Interrupted while credentials were asked for", failed);
      }
      throw new NoneLeft(failed);
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
