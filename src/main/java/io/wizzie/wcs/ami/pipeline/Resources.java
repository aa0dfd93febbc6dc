package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.client.AwsCli;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Remover;
import java.util.List;
import java.util.function.Function;

/** The resources that a build makes in a region: how each is removed, and found again. */
record Resources(String region, Ec2Verbs ec2, AwsCli cli, String buildId) {
  ResourceId id(ResourceKind kind, String id) {
    return new ResourceId(region, kind, id);
  }

  Kind<NewKeyPair> keyPair() {
    return new Kind<>(
        region,
        ResourceKind.KEY_PAIR,
        NewKeyPair::name,
        (name, madeAt) -> ec2.keyPairs().delete(name),
        name -> ec2.keyPairs().findLost(name, buildId));
  }

  Kind<String> securityGroup() {
    return new Kind<>(
        region,
        ResourceKind.SECURITY_GROUP,
        Function.identity(),
        ec2.securityGroups()::delete,
        name -> ec2.securityGroups().findLost(name, buildId));
  }

  Kind<String> instance() {
    return new Kind<>(
        region,
        ResourceKind.INSTANCE,
        Function.identity(),
        ec2.instances()::terminate,
        ec2.instances()::findByClientToken);
  }

  /**
   * @param remove removes the image and sees to its snapshots
   */
  Kind<String> image(Remover remove) {
    return new Kind<>(
        region,
        ResourceKind.IMAGE,
        Function.identity(),
        remove,
        name -> ec2.images().findLost(name, buildId));
  }

  CleanupStack.Entry snapshot(String snapshotId) {
    ResourceId snapshot = id(ResourceKind.SNAPSHOT, snapshotId);
    return new CleanupStack.Entry(
        snapshot,
        cli.remove(snapshot),
        () -> {
          ec2.snapshots().delete(snapshotId);
          return List.of(snapshotId);
        });
  }
}
