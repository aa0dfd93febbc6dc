package io.wizzie.wcs.ami.localregion.contract;

import io.wizzie.wcs.ami.localregion.contract.Differences.Difference;
import java.util.HashMap;
import java.util.Map;

/**
 * Where Moto 5 answers otherwise than EC2. The names in brackets are those of pages of the EC2
 * documentation.
 */
final class MotoDifferences {
  static final Map<String, Difference> TABLE = table();

  private MotoDifferences() {}

  private static Map<String, Difference> table() {
    Table table = new Table();
    table
        .because(
            "Moto's key pairs: no ID in the answer to DeleteKeyPair, tags that outlive them, a"
                + " fingerprint in hexadecimal, codes of its own. EC2: KeyPairId in the answer,"
                + " SHA-256 in Base64, InvalidParameterValue.")
        .differs(
            "CreateKeyPair: an ED25519 key is in OpenSSH's form, its fingerprint a SHA-256 in"
                + " Base64",
            "[-----BEGIN OPENSSH PRIVATE KEY-----, 95]")
        .differs("CreateKeyPair: tags for another kind of resource", "InvalidParameter")
        .differs("CreateKeyPair: an unknown type of key", "accepted")
        .differs("DeleteKeyPair: by name, and says which it was", "incomplete")
        .differs("DeleteKeyPair: by ID", "1 tags");
    table
        .because(
            "Moto does not check required parameters; what follows is a lookup of nothing or a"
                + " crash. EC2: MissingParameter (common client error codes).")
        .differs("CreateKeyPair: no name", "accepted")
        .differs("DeleteKeyPair: neither name nor ID", "accepted")
        .differs("AuthorizeSecurityGroupIngress: no rule at all", "accepted")
        .differs("DeleteSecurityGroup: neither name nor ID", "accepted")
        .differs("RunInstances: no image", "accepted")
        .differs("StopInstances: none named", "accepted")
        .differs("CreateImage: no name", "HTTP 500")
        .differs("CopyImage: no source region", "HTTP 500")
        .differs("RegisterImage: no name", "HTTP 500")
        .differs("DeregisterImage: none named", "InvalidAMIID.NotFound")
        .differs("CreateSnapshot: no volume", "InvalidVolume.NotFound")
        .differs("DeleteSnapshot: none named", "InvalidSnapshot.NotFound")
        .differs("DeleteVolume: none named", "InvalidVolume.NotFound")
        .differs("AttachVolume: no device", "accepted")
        .differs("DetachVolume: no volume", "InvalidVolume.NotFound")
        .differs("CreateTags: no tags", "accepted")
        .differs("GetPasswordData: no instance", "HTTP 500");
    table
        .because(
            "Moto does not look at who uses a group, at reserved names, or at the VPC. EC2:"
                + " DependencyViolation, CannotDelete, InvalidParameterValue,"
                + " InvalidVpcID.NotFound.")
        .differs("CreateSecurityGroup: a VPC that is not there", "accepted")
        .differs("CreateSecurityGroup: a name that begins like an ID", "accepted")
        .differs("CreateSecurityGroup: the name of the default group", "InvalidGroup.Duplicate")
        .differs("DeleteSecurityGroup: one that an instance is in", "accepted")
        .differs("DeleteSecurityGroup: one that another's rule names", "accepted")
        .differs("DeleteSecurityGroup: the default group", "accepted");
    table
        .because(
            "Moto has no pages here: all comes at once. EC2: MaxResults and NextToken"
                + " (Pagination).")
        .differs("DescribeSecurityGroups: in pages", "[7, false]")
        .differs("DescribeInstances: a page of one: 5 is the least", "accepted")
        .differs("DescribeImages: in pages", "[2, false]")
        .differs("DescribeSnapshots: in pages", "[false, false]")
        .differs("DescribeTags: in pages", "[6, 6]");
    table
        .because(
            "Moto looks an ID up without looking at its form. EC2: ...Malformed (client error codes"
                + " for specific actions).")
        .differs("DescribeSecurityGroups: what is no ID", "InvalidGroup.NotFound")
        .differs("DescribeInstances: what is no ID", "InvalidInstanceID.NotFound")
        .differs("StopInstances: what is no ID", "InvalidInstanceID.NotFound")
        .differs("CreateImage: what is no instance ID", "InvalidInstanceID.NotFound")
        .differs("DescribeImages: what is no ID", "InvalidAMIID.NotFound")
        .differs("DeregisterImage: what is no ID", "InvalidAMIID.NotFound")
        .differs("DescribeSnapshots: what is no ID", "InvalidSnapshot.NotFound")
        .differs("DescribeVolumes: what is no ID", "InvalidVolume.NotFound");
    table
        .because("Moto ignores unknown filters, or crashes on them. EC2: InvalidParameterValue.")
        .differs("DescribeSecurityGroups: an unknown filter", "HTTP 500")
        .differs("DescribeInstances: an unknown filter", "accepted")
        .differs("DescribeImages: an unknown filter", "HTTP 500")
        .differs("DescribeSnapshots: an unknown filter", "HTTP 500")
        .differs("DescribeVolumes: an unknown filter", "accepted")
        .differs("DescribeTags: an unknown filter", "accepted")
        .differs("DescribeSubnets: an unknown filter", "HTTP 500");
    table
        .because(
            "Moto describes an instance without groups, metadata options or what its volumes were"
                + " asked for. EC2: they are part of Instance and Volume.")
        .differs(
            "RunInstances: in the default VPC's default group, with a private and a public address",
            "incomplete")
        .differs("RunInstances: the root volume as asked for", "[30, gp3, false, in-use]")
        .differs("RunInstances: IMDSv2 as asked for", "incomplete")
        .differs("RunInstances: subnet and groups of the network interface", "incomplete");
    table
        .because(
            "Moto does not keep client tokens. EC2: the same answer, or IdempotentParameterMismatch"
                + " (Ensuring idempotency).")
        .differs("RunInstances: the same client token gives the same instance", "false")
        .differs("RunInstances: the same client token with other parameters", "accepted")
        .differs("CopyImage: the same client token gives the same copy", "false")
        .differs("CreateVolume: the same client token gives the same volume", "false");
    table
        .because(
            "Moto launches and makes images without looking whether name and image can be used."
                + " EC2: InvalidAMIID..., InvalidAMIName... (client error codes for specific"
                + " actions).")
        .differs("RunInstances: an image that is not there", "accepted")
        .differs("RunInstances: what is no image ID", "accepted")
        .differs("RunInstances: a deregistered image", "accepted")
        .differs("CreateImage: a name that is taken", "accepted")
        .differs("CreateImage: a name with characters that are not allowed", "accepted")
        .differs("CreateImage: a name that is too short", "accepted")
        .differs("RegisterImage: a name that is taken", "accepted")
        .differs("DeregisterImage: is no longer available then", "incomplete");
    table
        .because(
            "Moto keeps what RunInstances names without checking it. EC2: InvalidKeyPair.NotFound,"
                + " InvalidParameterValue, InvalidBlockDeviceMapping.")
        .differs("RunInstances: a key pair that is not there", "accepted")
        .differs("RunInstances: an unknown instance type", "accepted")
        .differs("RunInstances: a type of another architecture than the image's", "accepted")
        .differs("RunInstances: a root volume smaller than the image's", "accepted")
        .differs("RunInstances: tags for what the call doesn't create", "accepted");
    table
        .because(
            "Moto changes states at once and without looking at the present one. EC2: the instance"
                + " life cycle's states, IncorrectInstanceState, and for CreateImage"
                + " InvalidParameterValue.")
        .differs("StopInstances: one that is stopped stays that", "80 stopped > 64 stopping")
        .differs("StopInstances: a terminated one", "accepted")
        .differs("TerminateInstances: twice is no error", "48 terminated > 32 shutting-down")
        .differs(
            "TerminateInstances: it has no more addresses, subnet or groups", "[false, false, 0]")
        .differs("CreateImage: pending at first", "available")
        .differs("CreateImage: a terminated instance", "accepted")
        .differs("ModifyInstanceAttribute: another type for a running instance", "accepted");
    table
        .because(
            "Moto forgets that RunInstances asked for protection from termination. EC2:"
                + " OperationNotPermitted.")
        .differs("TerminateInstances: one that may not be terminated", "accepted");
    table
        .because(
            "Moto leaves out these attributes of images. EC2: description, imdsSupport, copied tags"
                + " and block devices (ModifyImageAttribute, CopyImage, CreateImage,"
                + " RegisterImage).")
        .differs("CreateImage: what the image is", "[made, standard, hvm, x86_64, machine, false]")
        .differs("CreateImage: tags of the creating call on image and snapshot", "HTTP 500")
        .differs("CopyImage: tags are copied only if that is asked for", "[[], []]")
        .differs(
            "RegisterImage: an image of a snapshot",
            "[ami-17, registered, available, None, None, /dev/sda1]")
        .differs("RegisterImage: with that snapshot as its root device", "false")
        .differs("ModifyImageAttribute: a description", "")
        .differs("ModifyImageAttribute: IMDSv2 only", "null");
    table
        .because(
            "Moto takes any zone, region, account and snapshot. EC2: InvalidZone.NotFound,"
                + " InvalidParameterValue, ...AttributeItemValue, InvalidSnapshot.NotFound.")
        .differs("RegisterImage: a snapshot that is not there", "accepted")
        .differs("ModifySnapshotAttribute: an account that can't be one", "accepted")
        .differs("CreateVolume: a zone that is not there", "accepted")
        .differs("DescribeRegions: a region that is not there", "accepted");
    table
        .because(
            "Moto lets anybody change anything. EC2: AuthFailure for what belongs to somebody"
                + " else.")
        .differs("DeregisterImage: somebody else's", "accepted")
        .differs("ModifyImageAttribute: somebody else's image", "accepted")
        .differs("DescribeImageAttribute: somebody else's image", "accepted");
    table
        .because(
            "Moto has another code. EC2: the code for an attribute or an image that can't be"
                + " (common client error codes).")
        .differs("DescribeImageAttribute: an image that is not there", "HTTP 500")
        .differs("DescribeImageAttribute: an unknown attribute", "InvalidRequest");
    table
        .because("Moto's public snapshots are the caller's own. EC2: only what the caller made.")
        .differs("DescribeSnapshots: the caller's own, and no more", "false");
    table
        .because("Moto does not fill in gp3's throughput. EC2: 125 MiB/s (EbsBlockDevice).")
        .differs("CreateVolume: gp3 has its baseline", "[3000, null]");
    table
        .because("Moto's DetachVolume needs the instance's ID. EC2: only VolumeId is required.")
        .differs("DetachVolume: an instance's volume", "HTTP 500");
    table
        .because(
            "Moto tags whatever it is told to. EC2: the code of the missing resource,"
                + " InvalidParameterValue for restricted keys (Tag restrictions).")
        .differs("CreateTags: on what is not there", "accepted")
        .differs("CreateTags: a key that is AWS's own", "accepted")
        .differs("CreateTags: a key that is too long", "accepted");
    table
        .because(
            "Moto checks DryRun action by action, and not in this one. EC2: DryRunOperation with"
                + " every action.")
        .differs("DescribeSecurityGroups: a dry run", "accepted")
        .differs("GetPasswordData: a dry run", "accepted")
        .differs("DescribeImageAttribute: a dry run", "accepted")
        .differs("DescribeSnapshots: a dry run", "accepted")
        .differs("DescribeVolumes: a dry run", "accepted");
    return Map.copyOf(table.differences);
  }

  /** Collects differences below their reasons. */
  private static final class Table {
    private final Map<String, Difference> differences = new HashMap<>();
    private String reason = "";

    Table because(String why) {
      reason = why;
      return this;
    }

    Table differs(String caseId, String answer) {
      differences.put(caseId, new Difference(answer, reason));
      return this;
    }
  }
}
