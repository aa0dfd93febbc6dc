package io.wizzie.wcs.ami.ec2.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A client of one region, and how that region is called.
 *
 * @param region such as {@code eu-west-1}
 * @param endpoint the endpoint that was asked for; null for the region's own
 * @param cli how a person reaches the same region with the AWS CLI
 */
public record Ec2Connection(Ec2Client client, String region, @Nullable URI endpoint, AwsCli cli)
    implements AutoCloseable {
  /** The same connection, with other options in the commands that a person is told to run. */
  public Ec2Connection withCli(AwsCli other) {
    return new Ec2Connection(client, region, endpoint, other);
  }

  @Override
  public void close() {
    client.close();
  }
}
