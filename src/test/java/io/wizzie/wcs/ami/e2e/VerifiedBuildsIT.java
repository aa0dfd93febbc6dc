package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;

/** Images that are tried out before they are handed out, or afterwards. */
class VerifiedBuildsIT extends WorkplaceCase {
  private static final String CHECKS =
      "verify.checks=["
          + "{\"command\": \"grep -q bootstrapped /etc/trial-boot\"},"
          + " {\"unit\": \"ssh.service\"}, {\"tcp\": 22}]";
  private static final String BROKEN = "bootstrap.runList=[\"trialboot::fails\"]";

  @Test
  void handsOutAnImageThatWorksAndTriesItOutAgainLater() {
    String imageId = workplace.buildTrial("--verify", "--set", CHECKS).imageId();

    requireNothingBut(imageId);
    assertThat(Workplace.read(workplace.buildFolder().resolve("bootstrap-plain.log")))
        .contains("/etc/trial-boot] action create", "converged");
    assertThat(workplace.buildFolder().resolve("bootstrap-user-data.log")).exists();

    Ended verified = verify(imageId, CHECKS).requireSuccess();

    assertThat(verified.stdout())
        .contains("INSTANCE", "plain", "unit ssh.service", "is active")
        .containsPattern("plain +port 22 +accepts connections +accepts connections")
        .containsPattern("user-data +command id wcs-ami-trial .* exits 0");
    assertThat(verified.stderr())
        .contains("read on first contact", imageId + " works.", "nothing is left");

    Ended failing = verify(imageId, "verify.checks=[{\"tcp\": 9}, {\"tcp\": 22}]");

    failing.requireFailed(4);
    assertThat(failing.stderr())
        .contains("1 of 2 smoke checks failed:", "  port 9: refuses connections");
    requireNothingBut(imageId);
  }

  private Ended verify(String imageId, String checks) {
    return workplace.run(
        "verify",
        imageId,
        "--region",
        "local",
        "--config",
        Workplace.TRIAL.toString(),
        "--set",
        checks,
        "--set",
        "verify.checksTimeout=1s");
  }

  @Test
  void handsOutNoImageWhoseBootstrapFails() {
    Ended build = workplace.buildTrial("--verify", "--set", BROKEN);

    build.requireFailed(4);
    assertThat(build.stderr())
        .contains(
            "The first boot failed: chef-solo ended with exit code 1: Mixlib::ShellOut::",
            "; failing resource: execute[break the first boot] (action run).",
            "this is what went wrong",
            "bootstrap-plain.log",
            "Everything that the build created was removed.");
    assertThat(Workplace.read(workplace.buildFolder().resolve("bootstrap-plain.log")))
        .contains("this is what went wrong");
    requireNothingLeft();
  }

  @Test
  void keepsAnImageWhoseBootstrapFailsForALook() {
    Ended build = workplace.buildTrial("--verify", "--keep", "--set", BROKEN);

    build.requireFailed(3);
    try (RegionView region = workplace.region()) {
      Image image = region.images().get(0);
      region.requireNothingBut(image.imageId());
      assertThat(build.stderr())
          .contains("image " + image.imageId() + ": failed its verification", "deregister-image");
      assertThat(region.tags(image.imageId())).contains("wcs-ami:status=unfinished");
    }
  }
}
