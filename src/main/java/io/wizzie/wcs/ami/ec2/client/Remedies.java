package io.wizzie.wcs.ami.ec2.client;

/** The remedies for EC2's well-known error codes. */
public final class Remedies {
  /** EC2's words for an instance profile that IAM does not have, or has not told it of yet. */
  public static final String NO_INSTANCE_PROFILE = "Invalid IAM Instance Profile";

  private Remedies() {}

  /** A sentence with a space before it, empty where the code is not a well-known one. */
  static String of(String code, String said) {
    String remedy =
        said.contains(NO_INSTANCE_PROFILE)
            ? "Check builder.iamInstanceProfile: it is the profile's name or ARN, not the role's."
            : sentence(code);
    return remedy.isEmpty() ? "" : " " + remedy;
  }

  private static String sentence(String code) {
    return switch (code) {
      case "AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException" ->
          "Check the credentials, and that the region is enabled in the account.";
      case "SignatureDoesNotMatch" -> "Check the secret access key, and this machine's clock.";
      case "RequestExpired", "RequestTimeTooSkewed" ->
          "Sign in again if the session has expired; else check this machine's clock"
              + " (timedatectl).";
      case "ExpiredToken", "ExpiredTokenException" ->
          "The session has expired: sign in again, and let it last longer than a build.";
      case "OptInRequired", "PendingVerification" ->
          "Accept what AWS asks for in the account's console first.";
      case "VPCIdNotSpecified", "MissingInput" ->
          "The region has no default VPC: set builder.subnetIds or builder.subnetFilters.";
      case "InvalidSubnetID.NotFound" -> "Check builder.subnetIds and the region.";
      case "InvalidGroup.NotFound", "InvalidGroupId.Malformed" ->
          "Check builder.securityGroupIds: they must be in the VPC of the subnet.";
      case "InvalidKeyPair.NotFound" -> "Check ssh.keyName and the region.";
      case "InvalidKeyPair.Duplicate" -> "Delete the key pair of that name, or start again.";
      case "InvalidAMIID.NotFound", "InvalidAMIID.Malformed" ->
          "Check sourceImage.imageId: image IDs differ from region to region.";
      case "InvalidAMIName.Duplicate" ->
          "Put {build-id} into image.name, which no two builds share, or deregister the other"
              + " image.";
      case "InvalidBlockDeviceMapping" ->
          "Check builder.rootVolume: it can't be smaller than the source image's.";
      case "InsufficientInstanceCapacity", "InsufficientHostCapacity", "InsufficientCapacity" ->
          "Name more instance types in builder.instanceTypes, or choose other subnets.";
      case "VcpuLimitExceeded", "InstanceLimitExceeded" ->
          "End other instances, ask for a higher quota, or name other types in"
              + " builder.instanceTypes.";
      case "InsufficientFreeAddressesInSubnet" ->
          "Free addresses in the subnet, or choose another with builder.subnetIds.";
      case "Unsupported" -> "Name other types in builder.instanceTypes, or choose other subnets.";
      case "RequestLimitExceeded", "Throttling" ->
          "The account's EC2 calls are throttled: stop other tools that poll, or try again later.";
      case "ResourceLimitExceeded",
          "VolumeLimitExceeded",
          "SnapshotLimitExceeded",
          "AMIQuotaExceeded",
          "SecurityGroupLimitExceeded",
          "KeyPairLimitExceeded" ->
          "Remove what is no longer needed, or ask for a higher quota.";
      default -> "";
    };
  }
}
