package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.ec2.client.RetryingEc2;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** All verbs over one connection. */
public record Ec2Verbs(
    SourceImages sourceImages,
    ImageNames imageNames,
    Subnets subnets,
    KeyPairs keyPairs,
    SecurityGroups securityGroups,
    Instances instances,
    Volumes volumes,
    Images images,
    ImageCompletion imageCompletion,
    Snapshots snapshots,
    ImageInspection imageInspection) {
  public static Ec2Verbs over(Ec2Connection connection, Waiter waiter) {
    Ec2Client client = RetryingEc2.around(connection.client(), waiter.retryPolicy());
    Images images = new Images(client, waiter);
    Snapshots snapshots = new Snapshots(client, waiter);
    return new Ec2Verbs(
        new SourceImages(client),
        new ImageNames(client, connection.cli()),
        new Subnets(client),
        new KeyPairs(client, waiter),
        new SecurityGroups(client, waiter),
        new Instances(client, waiter),
        new Volumes(client, waiter),
        images,
        new ImageCompletion(images, snapshots, waiter),
        snapshots,
        new ImageInspection(client, images, snapshots, waiter));
  }
}
