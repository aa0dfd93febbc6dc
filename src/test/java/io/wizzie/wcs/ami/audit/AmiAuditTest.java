package io.wizzie.wcs.ami.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.ImageFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AmiAuditTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  /** A good image, but for what the check is about. */
  private static ImageFacts image(@Nullable Check spoilt) {
    return new ImageFacts(
        "ami-1",
        spoilt == Check.AMI_NAME ? "" : "wcs",
        "WCS",
        "1",
        spoilt != Check.AMI_OWNER,
        spoilt == Check.AMI_NOT_PUBLIC,
        spoilt == Check.AMI_ARCHITECTURE ? "i386" : "arm64",
        spoilt == Check.AMI_VIRTUALIZATION ? "paravirtual" : "hvm",
        spoilt == Check.AMI_ROOT_DEVICE ? "instance-store" : "ebs",
        spoilt == Check.AMI_VOLUME_TYPE ? "gp2" : "gp3",
        spoilt != Check.AMI_ENA,
        spoilt == Check.AMI_IMDS_V2 ? "" : "v2.0",
        spoilt == Check.AMI_PRODUCT_CODES ? List.of("abc") : List.of(),
        List.of("snap-1"),
        spoilt == Check.AMI_UNENCRYPTED ? List.of("snap-1") : List.of(),
        "ami-0",
        null);
  }

  private static ImageFacts source(boolean open, @Nullable String deprecated) {
    return new ImageFacts(
        "ami-0",
        "debian",
        "",
        "2",
        false,
        open,
        "arm64",
        "hvm",
        "ebs",
        "gp2",
        true,
        "",
        List.of(),
        List.of(),
        List.of(),
        null,
        deprecated);
  }

  @Test
  void findsNothingInAGoodImage() {
    AuditReport report = AmiAudit.of(image(null), source(true, null), "us-east-1", NOW);

    assertThat(report.findings()).isEmpty();
    assertThat(report.unasked()).isEmpty();
    assertThat(report.examined()).hasSize(13);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "AMI_VIRTUALIZATION",
        "AMI_ARCHITECTURE",
        "AMI_ROOT_DEVICE",
        "AMI_UNENCRYPTED",
        "AMI_NOT_PUBLIC",
        "AMI_PRODUCT_CODES",
        "AMI_OWNER",
        "AMI_IMDS_V2",
        "AMI_ENA",
        "AMI_VOLUME_TYPE",
        "AMI_NAME",
      })
  void findsWhatIsWrong(Check check) {
    AuditReport report = AmiAudit.of(image(check), source(true, null), "us-east-1", NOW);

    assertThat(report.findings()).extracting(Finding::check).containsExactly(check);
    assertThat(report.findings().get(0).path()).isEqualTo("ami-1");
  }

  @Test
  void warnsOfAnotherRegion() {
    assertThat(AmiAudit.of(image(null), source(true, null), "eu-west-1", NOW).findings())
        .singleElement()
        .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.WARNING));
  }

  @Test
  void warnsOfASourceThatIsPrivateOrOutdatedAndSaysWhenItIsUnknown() {
    ImageFacts outdated = source(false, "2026-01-01T00:00:00.000Z");

    assertThat(AmiAudit.of(image(null), outdated, "us-east-1", NOW).findings())
        .singleElement()
        .satisfies(
            each -> assertThat(each.message()).contains("not public", "deprecated since 2026"));
    assertThat(AmiAudit.of(image(null), null, "us-east-1", NOW).unasked())
        .extracting(Examined::check)
        .containsExactly(Check.AMI_SOURCE_IMAGE);
  }
}
