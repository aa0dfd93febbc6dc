package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.config.BuildSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The IAM actions that a build, its cleanup and the removal of leftovers call. */
public final class RequiredPermissions {
  // Why an action is needed at all, where an option of the configuration decides it.
  private static final Map<String, String> OPTIONS =
      Map.of(
          "ec2:CreateKeyPair", "a temporary key pair (no ssh.keyName)",
          "ec2:DeleteKeyPair", "a temporary key pair (no ssh.keyName)",
          "ec2:CreateSecurityGroup", "a temporary security group (no builder.securityGroupIds)",
          "ec2:AuthorizeSecurityGroupIngress",
              "a temporary security group (no builder.securityGroupIds)",
          "ec2:DeleteSecurityGroup", "a temporary security group (no builder.securityGroupIds)",
          "ec2:ModifyImageAttribute", "image.imdsV2Only",
          "iam:PassRole", "builder.iamInstanceProfile");

  private RequiredPermissions() {}

  /**
   * An action that must be allowed.
   *
   * @param action with its service, such as {@code ec2:RunInstances}
   * @param purpose what it is called for
   * @param option the option that needs it; empty when every build does
   */
  public record Permission(String action, String purpose, String option) {}

  /** All of a configuration, by name. */
  public static List<Permission> of(BuildSpec spec) {
    List<Permission> needed = new ArrayList<>();
    add(needed, "DescribeImages", "find the source image, wait for the new one");
    add(needed, "DescribeImageAttribute", "audit the image");
    add(needed, "DescribeSubnets", "choose the subnet and its VPC");
    add(needed, "DescribeSecurityGroups", "check the security groups, find them again");
    add(needed, "DescribeInstances", "wait for the builder");
    add(needed, "DescribeVolumes", "refuse encrypted volumes");
    add(needed, "DescribeSnapshots", "wait for the image's snapshots");
    add(needed, "DescribeTags", "find what an earlier build left");
    add(needed, "CreateTags", "mark everything as the build's own");
    add(needed, "RunInstances", "launch the builder");
    add(needed, "StopInstances", "stop it before its image is made");
    add(needed, "TerminateInstances", "remove it");
    add(needed, "CreateImage", "make the image");
    add(needed, "DeregisterImage", "remove the image of a build that failed");
    add(needed, "DeleteSnapshot", "remove the snapshots of a build that failed");
    add(needed, "DeleteVolume", "remove volumes that an instance has left");
    if (spec.ssh().keyName() == null) {
      add(needed, "CreateKeyPair", "get into the builder");
      add(needed, "DeleteKeyPair", "remove the key pair");
    }
    if (spec.builder().securityGroupIds().isEmpty()) {
      add(needed, "CreateSecurityGroup", "admit this machine to the builder");
      add(needed, "AuthorizeSecurityGroupIngress", "admit this machine to the builder");
      add(needed, "DeleteSecurityGroup", "remove the security group");
    }
    if (spec.image().imdsV2Only()) {
      add(needed, "ModifyImageAttribute", "require IMDSv2 of the image's instances");
    }
    if (spec.builder().iamInstanceProfile() != null) {
      needed.add(
          new Permission(
              "iam:PassRole",
              "give the builder its instance profile's role",
              option("iam:PassRole")));
    }
    needed.sort(Comparator.comparing(Permission::action));
    return List.copyOf(needed);
  }

  /** The option that makes a build need the action; empty when every build does. */
  static String option(String action) {
    return OPTIONS.getOrDefault(action, "");
  }

  private static void add(List<Permission> needed, String name, String purpose) {
    String action = "ec2:" + name;
    needed.add(new Permission(action, purpose, option(action)));
  }
}
