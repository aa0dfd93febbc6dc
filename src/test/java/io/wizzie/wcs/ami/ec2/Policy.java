package io.wizzie.wcs.ami.ec2;

import java.util.Set;

/** The EC2 actions that the documented policy allows. */
public final class Policy {
  public static final Set<String> ACTIONS =
      Set.of(
          "AttachVolume",
          "AuthorizeSecurityGroupIngress",
          "CopyImage",
          "CreateImage",
          "CreateKeyPair",
          "CreateSecurityGroup",
          "CreateSnapshot",
          "CreateTags",
          "CreateVolume",
          "DeleteKeyPair",
          "DeleteSecurityGroup",
          "DeleteSnapshot",
          "DeleteVolume",
          "DeregisterImage",
          "DescribeImageAttribute",
          "DescribeImages",
          "DescribeInstances",
          "DescribeRegions",
          "DescribeSecurityGroups",
          "DescribeSnapshots",
          "DescribeSubnets",
          "DescribeTags",
          "DescribeVolumes",
          "DetachVolume",
          "GetPasswordData",
          "ModifyImageAttribute",
          "ModifyInstanceAttribute",
          "ModifySnapshotAttribute",
          "RegisterImage",
          "RunInstances",
          "StopInstances",
          "TerminateInstances");

  private Policy() {}
}
