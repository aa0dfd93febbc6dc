package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.Check;
import io.wizzie.wcs.ami.audit.Finding;
import io.wizzie.wcs.ami.audit.Severity;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.AuditSpec;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import io.wizzie.wcs.ami.ec2.Policy;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Audited;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Failed;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Interrupted;
import io.wizzie.wcs.ami.pipeline.result.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** The audit in a build, and of an image that exists. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ImageAuditTest {
  private static final AuditReport KEY =
      new AuditReport(
          List.of(),
          List.of(new Finding(Check.PRIVATE_KEYS, Severity.ERROR, "/root/k", 1, "a key", null)));

  @TempDir Path output;
  private BuildBench bench;

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
  }

  @AfterEach
  void clearTheInterrupt() {
    boolean unused = Thread.interrupted();
  }

  @Test
  void anErrorInTheGuestEndsTheBuildBeforeThereIsAnImage() {
    bench.guest.audit = KEY;

    BuildOutcome outcome = bench.run();

    assertThat(outcome).isInstanceOf(Failed.class);
    BuildException failure = BuildBench.failure(outcome);
    assertThat(failure.category()).isEqualTo(Category.CHECK);
    assertThat(failure).hasMessageContaining("/root/k:1");
    assertThat(bench.ec2.faults.calls()).doesNotContain("CreateImage");
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.guest.steps).doesNotContain("clean");
  }

  @Test
  void aWaivedErrorStandsInTheManifestWithItsReason() {
    bench.guest.audit = KEY;
    bench.spec = waiving(bench.spec);

    BuildOutcome outcome = bench.run();

    assertThat(outcome).isInstanceOf(Built.class);
    assertThat(Manifest.json(((Built) outcome).result(), new SecretMask()))
        .contains("\"waived\" : \"A demo's\"");
  }

  @Test
  void anErrorOfTheImageTakesTheImageAndItsSnapshotsAway() {
    bench.ec2.publicImages = true;

    BuildOutcome outcome = bench.run();

    BuildException failure = BuildBench.failure(outcome);
    assertThat(failure.category()).isEqualTo(Category.CHECK);
    assertThat(failure).hasMessageContaining("ami-not-public");
    assertThat(bench.ec2.faults.calls()).contains("CreateImage", "DeregisterImage");
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(outcome.leftovers()).isEmpty();
  }

  @Test
  void launchesAnImageAsABuyerDoesAndRemovesTheInstance() {
    bench.guest.launchedAudit = KEY;

    AuditReport report = ((Audited) bench.audit("ami-source")).report();

    assertThat(report.errors()).extracting(Finding::check).contains(Check.PRIVATE_KEYS);
    assertThat(report.standing(Severity.WARNING))
        .extracting(Finding::check)
        .contains(Check.AMI_OWNER, Check.AMI_REGION);
    RunInstancesRequest launch = bench.ec2.launches.get(0);
    assertThat(launch.userData()).isNull();
    assertThat(launch.metadataOptions()).isNull();
    assertThat(launch.iamInstanceProfile()).isNull();
    assertThat(launch.blockDeviceMappings())
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.ebs().volumeSize()).isNull();
              assertThat(device.ebs().deleteOnTermination()).isTrue();
            });
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.guest.openShells).isZero();
    assertThat(bench.guest.steps).containsSubsequence("connect", "awaitReady", "auditLaunched");
    assertThat(bench.events.toString()).contains("read on first contact");
    assertThat(Policy.ACTIONS).containsAll(bench.ec2.faults.calls());
  }

  @Test
  void auditsAlsoWhatDidNotBootWell() {
    bench.guest.failsAt = "awaitReady";

    BuildOutcome outcome = bench.audit("ami-source");

    assertThat(outcome).isInstanceOf(Audited.class);
    assertThat(bench.events.toString()).contains("The first boot did not end well");
  }

  @Test
  void removesTheInstanceWhenNobodyCanLogIn() {
    bench.guest.failsAt = "connect";
    bench.guest.failure = new BuildException(Category.ACCESS, "No route");

    Failed outcome = (Failed) bench.audit("ami-source");

    assertThat(outcome.failure()).hasMessage("No route");
    assertThat(outcome.nothingCreated()).isFalse();
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void createsNothingForAnImageThatIsNotThere() {
    Failed outcome = (Failed) bench.audit("ami-gone");

    assertThat(outcome.failure().category()).isEqualTo(Category.CONFIGURATION);
    assertThat(outcome.nothingCreated()).isTrue();
    assertThat(bench.ec2.launches).isEmpty();
  }

  @Test
  void removesTheInstanceWhenInterrupted() {
    bench.guest.onStep =
        step -> {
          if (step.equals("auditLaunched")) {
            throw BuildException.interrupted("looking", null);
          }
        };

    BuildOutcome outcome = bench.audit("ami-source");

    assertThat(outcome).isInstanceOf(Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  private static BuildSpec waiving(BuildSpec spec) {
    return SpecFixture.with(
        spec,
        "audit",
        new AuditSpec(List.of(new AuditSpec.Waiver("private-keys", "/root/*", "A demo's"))));
  }
}
