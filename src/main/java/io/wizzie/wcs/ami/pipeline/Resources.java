package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.client.AwsCli;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Remover;
import java.util.List;
import java.util.function.Function;

/** The kinds of things that a build makes, in EC2's words. */
final class Resources {
  static final String KEY_PAIR = "key pair";
  static final String SECURITY_GROUP = "security group";
  static final String INSTANCE = "instance";
  static final String IMAGE = "image";
  static final String SNAPSHOT = "snapshot";

  private final Ec2Verbs ec2;
  private final AwsCli cli;
  private final String buildId;

  Resources(Ec2Verbs ec2, AwsCli cli, String buildId) {
    this.ec2 = ec2;
    this.cli = cli;
    this.buildId = buildId;
  }

  Kind<NewKeyPair> keyPair() {
    return new Kind<>(
        KEY_PAIR,
        NewKeyPair::name,
        (name, madeAt) -> ec2.keyPairs().delete(name),
        cli::deleteKeyPair,
        name -> ec2.keyPairs().findLost(name, buildId));
  }

  Kind<String> securityGroup() {
    return new Kind<>(
        SECURITY_GROUP,
        Function.identity(),
        ec2.securityGroups()::delete,
        cli::deleteSecurityGroup,
        name -> ec2.securityGroups().findLost(name, buildId));
  }

  Kind<String> instance() {
    return new Kind<>(
        INSTANCE,
        Function.identity(),
        ec2.instances()::terminate,
        cli::terminateInstance,
        ec2.instances()::findByClientToken);
  }

  /**
   * @param remove removes the image and sees to its snapshots
   */
  Kind<String> image(Remover remove) {
    return new Kind<>(
        IMAGE,
        Function.identity(),
        remove,
        cli::deregisterImage,
        name -> ec2.images().findLost(name, buildId));
  }

  CleanupStack.Entry snapshot(String snapshotId) {
    return new CleanupStack.Entry(
        SNAPSHOT,
        snapshotId,
        cli.deleteSnapshot(snapshotId),
        () -> {
          ec2.snapshots().delete(snapshotId);
          return List.of(snapshotId);
        });
  }
}
