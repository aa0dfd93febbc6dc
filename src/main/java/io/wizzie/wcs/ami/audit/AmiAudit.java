package io.wizzie.wcs.ami.audit;

import io.wizzie.wcs.ami.ec2.ImageFacts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what EC2 says of an image. */
public final class AmiAudit {
  private static final String MARKETPLACE_REGION = "us-east-1";

  private final ImageFacts image;
  private final List<Examined> examined = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private AmiAudit(ImageFacts image) {
    this.image = image;
  }

  /**
   * Judges an image.
   *
   * @param source the image it was made from; null when that can't be known
   */
  public static AuditReport of(
      ImageFacts image, @Nullable ImageFacts source, String region, Instant now) {
    AmiAudit audit = new AmiAudit(image);
    audit.kind();
    audit.storage();
    audit.permissions();
    audit.practice(region);
    audit.origin(source, now);
    return new AuditReport(audit.examined, audit.findings);
  }

  private void kind() {
    check(
        Check.AMI_VIRTUALIZATION,
        image.virtualizationType(),
        image.virtualizationType().equals("hvm"),
        "has the virtualization " + image.virtualizationType() + ", not hvm");
    check(
        Check.AMI_ARCHITECTURE,
        image.architecture(),
        Set.of("x86_64", "arm64").contains(image.architecture()),
        "has the architecture " + image.architecture());
    check(
        Check.AMI_ENA,
        "enaSupport " + image.enaSupport(),
        image.enaSupport(),
        "has no ENA support");
  }

  private void storage() {
    check(
        Check.AMI_ROOT_DEVICE,
        image.rootDeviceType(),
        image.rootDeviceType().equals("ebs"),
        "has the root device " + image.rootDeviceType() + ", not ebs");
    List<String> encrypted = image.encryptedSnapshotIds();
    check(
        Check.AMI_UNENCRYPTED,
        String.join(", ", image.snapshotIds()),
        encrypted.isEmpty(),
        "has encrypted snapshots: " + String.join(", ", encrypted));
    check(
        Check.AMI_VOLUME_TYPE,
        image.rootVolumeType(),
        image.rootVolumeType().equals("gp3"),
        "has a root volume of type " + image.rootVolumeType());
  }

  private void permissions() {
    check(
        Check.AMI_NOT_PUBLIC,
        image.isPublic() ? "public" : "private",
        !image.isPublic(),
        "may be launched by everybody");
    check(
        Check.AMI_OWNER,
        "owner " + image.ownerId(),
        image.isOwn(),
        "belongs to another account, " + image.ownerId());
    check(
        Check.AMI_PRODUCT_CODES,
        image.productCodes().size() + " product codes",
        image.productCodes().isEmpty(),
        "has " + String.join(", ", image.productCodes()));
  }

  private void practice(String region) {
    check(
        Check.AMI_IMDS_V2,
        image.imdsSupport().isEmpty() ? "no imdsSupport" : "imdsSupport " + image.imdsSupport(),
        image.imdsSupport().equals("v2.0"),
        "lets its instances answer IMDSv1");
    check(Check.AMI_REGION, region, region.equals(MARKETPLACE_REGION), "is in " + region);
    check(
        Check.AMI_NAME,
        image.name(),
        !image.name().isBlank() && !image.description().isBlank(),
        "has no " + (image.name().isBlank() ? "name" : "description"));
  }

  private void origin(@Nullable ImageFacts source, Instant now) {
    if (source == null) {
      examined.add(
          Examined.unasked(
              Check.AMI_SOURCE_IMAGE, "EC2 does not say or show which image it was made from"));
      return;
    }
    boolean deprecated = isPast(source.deprecationTime(), now);
    check(
        Check.AMI_SOURCE_IMAGE,
        source.imageId() + " " + source.name(),
        source.isPublic() && !deprecated,
        "is made from "
            + source.imageId()
            + (source.isPublic() ? "" : ", which is not public")
            + (deprecated ? ", which is deprecated since " + source.deprecationTime() : ""));
  }

  private static boolean isPast(@Nullable String time, Instant now) {
    try {
      return time != null && !Instant.parse(time).isAfter(now);
    } catch (DateTimeException notATime) {
      return true;
    }
  }

  private void check(Check check, String looked, boolean good, String message) {
    examined.add(Examined.looked(check, looked));
    if (!good) {
      findings.add(Finding.of(check, image.imageId(), message));
    }
  }
}
