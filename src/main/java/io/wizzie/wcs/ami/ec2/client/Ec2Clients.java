package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.InterruptibleCall;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.config.RegionNames;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import io.wizzie.wcs.ami.config.reader.SpecReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/** Makes connections to EC2. */
public final class Ec2Clients {
  /** Of one try, also when its answer comes in drops. */
  static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(90);

  /**
   * Of a client that nobody has told otherwise, such as that of 'list'. Longer than one try, or a
   * single answer that is lost would be the end.
   */
  static final Duration MAX_ELAPSED = SpecReader.byDefault(TimeoutsSpec.class).repeat();

  private Ec2Clients() {}

  /**
   * A connection, after region and credentials were found; nothing is asked of EC2 yet.
   *
   * @throws BuildException category CONFIGURATION when the region is unknown, a file of AWS's can't
   *     be used or there are no credentials
   */
  public static Ec2Connection create(Ec2Settings settings) {
    Region region = Region.of(settings.region());
    AwsProfile profile = new AwsProfile(settings.profile());
    // What has a key of its own, the local region, owes nothing to the files of AWS.
    boolean own = settings.credentials() != null;
    ProfileFile files = own ? ProfileFile.aggregator().build() : AwsProfile.readFiles();
    profile.requireExists(files);
    profile.apply();
    RenewedCredentials credentials = new RenewedCredentials(() -> credentialsOf(settings));
    ClientOverrideConfiguration.Builder override =
        ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
            .addExecutionInterceptor(credentials)
            .retryStrategy(onlyForTheClock())
            .defaultProfileFile(files)
            .defaultProfileName(profile.name());
    Ec2ClientBuilder builder =
        Ec2Client.builder()
            .region(region)
            .credentialsProvider(credentials)
            .httpClient(new JdkHttpClient());
    if (own) {
      builder.fipsEnabled(false).dualstackEnabled(false);
    }
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    Ec2Client client = made(builder.overrideConfiguration(override.build()), profile);
    URI endpoint = client.serviceClientConfiguration().endpointOverride().orElse(null);
    if (endpoint == null) {
      requireRegion(region);
    }
    resolve(credentials, profile);
    return new Ec2Connection(
        RetryingEc2.around(
            client,
            new RetryPolicy(
                Clock.systemUTC(),
                Sleeper.real(),
                RandomGenerator.getDefault(),
                line -> {},
                MAX_ELAPSED,
                Duration.ZERO)),
        region.id(),
        endpoint,
        AwsCli.of(region.id(), own ? null : profile.chosen(), endpoint));
  }

  /**
   * The region that the SDK's chain would choose.
   *
   * @param profile given by an option; null for the SDK's own choice
   * @param offline leave out the instance metadata, which only an EC2 instance has and which others
   *     wait for in vain
   * @throws BuildException category CONFIGURATION when a file of AWS's can't be read
   */
  public static Optional<String> defaultRegion(@Nullable String profile, boolean offline) {
    ProfileFile files = AwsProfile.readFiles();
    AwsProfile chosen = new AwsProfile(profile);
    chosen.requireExists(files);
    AwsRegionProvider chain =
        offline
            ? new AwsProfileRegionProvider(() -> files, chosen.name())
            : DefaultAwsRegionProviderChain.builder()
                .profileFile(() -> files)
                .profileName(chosen.name())
                .build();
    try {
      return Optional.of(InterruptibleCall.run("asking for the region", chain::getRegion).id());
    } catch (SdkClientException none) {
      // That it found none is what it has to say; the caller says what to do about it.
      return Optional.empty();
    }
  }

  private static Ec2Client made(Ec2ClientBuilder builder, AwsProfile profile) {
    try {
      return builder.build();
    } catch (RuntimeException unusable) {
      var unused = AwsProfile.readFiles();
      throw Category.CONFIGURATION.failure(
          "The settings of the AWS profile %s or of the environment can't be used: %s"
              .formatted(profile.name(), Ec2Calls.plainCause(unusable)),
          unusable);
    }
  }

  // AWS opens regions, so an unknown name may be right: where its endpoint has an address.
  private static void requireRegion(Region region) {
    String warning = RegionNames.warningAbout(region.id());
    URI endpoint = URI.create("https://" + Ec2Client.serviceMetadata().endpointFor(region));
    if (warning == null || EnvironmentProxy.covers(endpoint)) {
      return;
    }
    try {
      var unused = InetAddress.getByName(endpoint.getHost());
    } catch (UnknownHostException unknown) {
      throw Category.CONFIGURATION.failure(
          "region: '%s' %s The host name %s is unknown."
              .formatted(region.id(), warning, endpoint.getHost()),
          unknown);
    }
  }

  // Which calls may be repeated, and when, is RetryPolicy's matter. But only the SDK can sign again
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
  private static void resolve(AwsCredentialsProvider credentials, AwsProfile profile) {
    try {
      credentials.resolveCredentials();
    } catch (RenewedCredentials.NoneLeft none) {
      throw profile.noCredentials(none);
    }
  }
}
