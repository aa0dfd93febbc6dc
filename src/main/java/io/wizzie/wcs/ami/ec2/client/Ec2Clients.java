package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/** Makes connections to EC2. */
public final class Ec2Clients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /** Of one try, also when its answer comes in drops. */
  static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(90);

  /**
   * Of a client that nobody has told otherwise, such as that of 'list'. Longer than one try, or a
   * single answer that is lost would be the end.
   */
  static final Duration PATIENCE = TimeoutsSpec.DEFAULT.repeat();

  private Ec2Clients() {}

  /**
   * A connection, after region and credentials were found; nothing is asked of EC2 yet.
   *
   * @throws BuildException category CONFIGURATION when there is no region or there are no
   *     credentials
   */
  public static Ec2Connection create(Ec2Settings settings) {
    Region region = Region.of(regionOf(settings));
    RenewedCredentials credentials = new RenewedCredentials(() -> credentialsOf(settings));
    resolve(credentials, settings);
    Ec2ClientBuilder builder =
        Ec2Client.builder()
            .region(region)
            .credentialsProvider(credentials)
            .httpClient(httpClient(settings.endpoint()))
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                    .addExecutionInterceptor(credentials)
                    .retryStrategy(onlyForTheClock())
                    .build());
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return new Ec2Connection(
        RetryingEc2.around(
            builder.build(),
            new RetryPolicy(
                Clock.systemUTC(),
                Sleeper.real(),
                RandomGenerator.getDefault(),
                line -> {},
                PATIENCE,
                Duration.ZERO)),
        region.id(),
        settings.endpoint(),
        AwsCli.of(region.id(), settings.profile(), settings.endpoint()));
  }

  // Which calls may be repeated, and when, is Repetition's matter. But only the SDK can sign again
  // with EC2's time where this machine's clock is wrong.
  private static RetryStrategy onlyForTheClock() {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .useClientDefaults(false)
        .maxAttempts(2)
        .retryOnException(
            failure ->
                failure instanceof SdkException refused && RetryUtils.isClockSkewException(refused))
        .build();
  }

  /** Whether the endpoint is on this machine. */
  static boolean isLoopback(@Nullable URI endpoint) {
    if (endpoint == null || endpoint.getHost() == null) {
      return false;
    }
    try {
      return InetAddress.getByName(endpoint.getHost()).isLoopbackAddress();
    } catch (UnknownHostException notFound) {
      // The first call fails with the same cause, and there it is reported.
      return false;
    }
  }

  private static String regionOf(Ec2Settings settings) {
    if (settings.region() != null) {
      return settings.region();
    }
    try {
      DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
      if (settings.profile() != null) {
        chain.profileName(settings.profile());
      }
      return chain.build().getRegion().id();
    } catch (SdkClientException none) {
      throw new BuildException(
          Category.CONFIGURATION,
          "No region is given. Pass --region, set AWS_REGION, write \"region\" into the"
              + " configuration or into the profile (aws configure).",
          none);
    }
  }

  private static AwsCredentialsProvider credentialsOf(Ec2Settings settings) {
    Ec2Settings.Credentials fixed = settings.credentials();
    if (fixed != null) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(fixed.accessKeyId(), fixed.secretAccessKey().revealUtf8()));
    }
    if (settings.profile() != null) {
      return ProfileCredentialsProvider.create(settings.profile());
    }
    return DefaultCredentialsProvider.builder().build();
  }

  // Asked once here so that missing credentials are a matter of configuration, found before
  // anything else is done, and not the failure of some EC2 call.
  private static void resolve(AwsCredentialsProvider credentials, Ec2Settings settings) {
    try {
      credentials.resolveCredentials();
    } catch (SdkClientException none) {
      throw new BuildException(
          Category.CONFIGURATION,
          "No AWS credentials were found"
              + whyNone(settings, none)
              + ". Run 'aws configure' or 'aws sso login', set AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, or choose a profile with --profile or AWS_PROFILE; -v shows"
              + " what was tried.",
          none);
    }
  }

  /** The whole chain's own message is a screenful, of every place in which there were none. */
  private static String whyNone(Ec2Settings settings, SdkClientException none) {
    return settings.profile() == null
        ? ""
        : " in profile "
            + settings.profile()
            + " ("
            + withoutDump(String.valueOf(none.getMessage()))
            + ")";
  }

  /** The SDK ends its message with the whole profile file as Java prints it. */
  private static String withoutDump(String message) {
    return message.replaceFirst("[:,]? *\\b(?:ProfileFile|Profile)\\(.*", "");
  }

  private static SdkHttpClient httpClient(@Nullable URI endpoint) {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(ANSWER_TIMEOUT);
    if (isLoopback(endpoint)) {
      // HTTP_PROXY stands for the way out of this machine; a proxy elsewhere has another loopback.
      http.proxyConfiguration(
          ProxyConfiguration.builder()
              .useSystemPropertyValues(false)
              .useEnvironmentVariablesValues(false)
              .build());
    }
    return http.build();
  }
}
