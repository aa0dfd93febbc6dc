package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A region to talk to, and as whom. What is null is taken from the SDK's default chains.
 *
 * @param profile given by an option; unlike {@code AWS_PROFILE} it goes before credentials in the
 *     environment, as with the AWS CLI
 * @param endpoint given by an option or {@code AWS_ENDPOINT_URL_EC2}
 * @param credentials fixed credentials, such as the local region's own
 */
public record Ec2Settings(
    String region,
    @Nullable String profile,
    @Nullable URI endpoint,
    @Nullable Credentials credentials) {

  /** An access key. */
  public record Credentials(String accessKeyId, Secret secretAccessKey) {}
}
