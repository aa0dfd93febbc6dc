package io.wizzie.wcs.ami.audit;

import static io.wizzie.wcs.ami.audit.Check.Place.AMI;
import static io.wizzie.wcs.ami.audit.Check.Place.GUEST;
import static io.wizzie.wcs.ami.audit.Check.Place.LAUNCHED;
import static io.wizzie.wcs.ami.audit.Severity.ERROR;
import static io.wizzie.wcs.ami.audit.Severity.NOTE;
import static io.wizzie.wcs.ami.audit.Severity.WARNING;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every check there is, with the rule it stands for and what to do about a finding. A name in lower
 * case, with dashes, is the check's ID. Long, because it is a table.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/marketplace/latest/userguide/product-and-ami-policies.html">
 *     AMI-based product requirements for AWS Marketplace</a>
 */
public enum Check {
  AUTHORIZED_KEYS(
      ERROR,
      GUEST,
      "No public keys that let somebody in, for any user",
      "Remove the key, or the recipe that puts it there; a buyer's own key comes from EC2."),
  EMPTY_PASSWORDS(
      ERROR, GUEST, "No account with an empty password", "Lock it: passwd --lock USER."),
  PASSWORDS(
      ERROR,
      GUEST,
      "No fixed or default passwords of accounts",
      "Remove the password: usermod --password '!' USER. Make secrets at first boot."),
  ROOT_LOCKED(ERROR, GUEST, "root's password is locked", "Lock it: passwd --lock root."),
  LOGIN_SUDO(
      ERROR,
      GUEST,
      "The buyer's login user has sudo",
      "Give cloud-init's default user its sudo back (system_info.default_user.sudo)."),
  SSH_PASSWORD_LOGIN(
      ERROR,
      GUEST,
      "No login over SSH by password",
      "Set PasswordAuthentication and KbdInteractiveAuthentication to no in /etc/ssh/sshd_config.d."),
  SSH_ROOT_LOGIN(
      ERROR,
      GUEST,
      "No login of root over SSH by password",
      "Set PermitRootLogin to prohibit-password or no in /etc/ssh/sshd_config.d."),
  SSH_HOST_KEYS(
      ERROR,
      LAUNCHED,
      "No SSH host keys in the image",
      "Remove /etc/ssh/ssh_host_* before imaging; sshd's are made at first boot."),
  PRIVATE_KEYS(
      ERROR,
      GUEST,
      "No private keys",
      "Remove the file, or make the key at the first boot of each instance."),
  AWS_CREDENTIALS(
      ERROR,
      GUEST,
      "No AWS credentials",
      "Remove them and disable that access key; an instance profile gives credentials to instances."),
  TOKENS(ERROR, GUEST, "No access tokens", "Remove the token and revoke it where it was issued."),
  ENV_FILES(
      ERROR,
      GUEST,
      "No .env files with fixed secrets",
      "Leave the value out of the image and make it at the first boot of each instance."),
  CREDENTIAL_FILES(
      ERROR, GUEST, "No files of clients' credentials", "Remove the file and change the password."),
  SHELL_HISTORIES(ERROR, GUEST, "No histories of commands", "Remove the file."),
  ASKS_FOR_AWS_KEYS(
      ERROR,
      GUEST,
      "Nothing asks the buyer for AWS keys",
      "Use the instance profile's credentials instead of asking."),
  ENCRYPTED_FILE_SYSTEM(
      ERROR,
      GUEST,
      "No encrypted file system",
      "Use a plain file system; buyers encrypt their EBS volumes themselves."),
  SECURITY_UPDATES(
      ERROR,
      GUEST,
      "No security update is pending",
      "Apply it while provisioning (apt-get dist-upgrade), then build again."),
  END_OF_LIFE_SYSTEM(
      ERROR,
      GUEST,
      "The system gets security updates",
      "Build from a newer source image (sourceImage)."),
  DATA_COLLECTION(
      WARNING,
      GUEST,
      "Nothing tells others of the instance undisclosed",
      "Switch it off in the file, or disclose it in the product's description."),
  COMPOSE_IMAGES(
      NOTE,
      GUEST,
      "Container images, their age and base",
      "Rebuild the container image on a maintained base."),
  INSTANCE_IDENTITY(
      WARNING,
      LAUNCHED,
      "No machine ID or other identity of one instance",
      "Empty or remove the file before imaging."),
  CLOUD_INIT_STATE(
      WARNING, LAUNCHED, "No cloud-init state of the builder", "Run cloud-init clean."),
  LEFT_OVER_LOGS(WARNING, LAUNCHED, "No logs of the build", "Empty the file before imaging."),
  LEFT_OVER_FILES(
      WARNING, LAUNCHED, "No temporary files of the build", "Remove the file before imaging."),
  AMI_VIRTUALIZATION(
      ERROR, AMI, "Hardware virtualization", "Build from a source image that is hvm."),
  AMI_ARCHITECTURE(
      ERROR,
      AMI,
      "Architecture x86_64 or arm64",
      "Build from a source image of that architecture."),
  AMI_ROOT_DEVICE(
      ERROR, AMI, "The root device is EBS", "Build from a source image that is EBS-backed."),
  AMI_UNENCRYPTED(
      ERROR,
      AMI,
      "Snapshots that are not encrypted",
      "Turn the account's EBS encryption by default off in this region, then build again."),
  AMI_NOT_PUBLIC(
      ERROR,
      AMI,
      "The image is not public",
      "Take the launch permission of the group all away; the Marketplace copies the image itself."),
  AMI_PRODUCT_CODES(
      ERROR,
      AMI,
      "No product code of somebody's else product",
      "Build from a source image that is not itself a Marketplace product."),
  AMI_SOURCE_IMAGE(
      WARNING,
      AMI,
      "Made from a public, maintained image",
      "Build from a public source image that is not deprecated."),
  AMI_OWNER(
      WARNING, AMI, "The image is this account's", "Build or copy it in the seller's account."),
  AMI_REGION(
      WARNING,
      AMI,
      "The image is in us-east-1",
      "The Marketplace takes images of us-east-1: build or copy it there."),
  AMI_IMDS_V2(WARNING, AMI, "Instances answer IMDSv2 only", "Set image.imdsV2Only to true."),
  AMI_ENA(
      WARNING, AMI, "Enhanced networking (ENA)", "Build from a source image that has ENA support."),
  AMI_VOLUME_TYPE(
      WARNING, AMI, "The root volume is gp3", "Set builder.rootVolume.volumeType to gp3."),
  AMI_NAME(
      WARNING, AMI, "Name and description say what it is", "Set image.name and image.description.");

  /** Where a check looks. */
  public enum Place {
    /** Inside the guest, before imaging and on a launched instance. */
    GUEST,
    /** Only on a launched instance; before imaging the cleaning sees to it. */
    LAUNCHED,
    /** What EC2 says of the image. */
    AMI
  }

  private final Severity severity;
  private final Place place;
  private final String rule;
  private final String remedy;

  Check(Severity severity, Place place, String rule, String remedy) {
    this.severity = severity;
    this.place = place;
    this.rule = rule;
    this.remedy = remedy;
  }

  /** Such as {@code authorized-keys}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Check> of(String id) {
    return Arrays.stream(values()).filter(check -> check.id().equals(id)).findFirst();
  }

  /** Of its findings, where one does not say otherwise. */
  public Severity severity() {
    return severity;
  }

  public Place place() {
    return place;
  }

  /** The rule in a few words. */
  public String rule() {
    return rule;
  }

  /** What to do about a finding. */
  public String remedy() {
    return remedy;
  }
}
