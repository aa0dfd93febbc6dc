package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Builds that make an image, each with something out of the ordinary. */
class TrialBuildsIT extends WorkplaceCase {
  @Test
  void followsARebootThatARecipeAsksForAndIsQuietWhenAsked() {
    Ended build =
        workplace.buildTrial("--quiet", "--set", "provision.runList=[\"trial::reboots\"]");

    String imageId = build.imageId();
    assertThat(build.stderr().lines()).allMatch(line -> line.contains("warning: "));
    assertThat(Workplace.read(workplace.buildFolder().resolve("build.log")))
        .contains("/etc/trial-after-reboot] action create", "STAGE remove finished");
    requireNothingBut(imageId);
  }

  @Test
  void anInstanceShowsThatItsBootstrapHasFailed() throws IOException {
    Ended build =
        workplace.buildTrial(
            "--output",
            "json",
            "--manifest",
            "kept/manifest.json",
            "--set",
            "bootstrap.runList=[\"trialboot::fails\"]");

    assertThat(build.exitCode()).as(build.stderr()).isZero();
    JsonNode document = build.manifest();
    assertThat(document)
        .isEqualTo(
            new JsonMapper()
                .readTree(Workplace.read(workplace.folder().resolve("kept/manifest.json"))));
    String imageId = document.path("imageId").asText();
    assertThat(document.has("error")).isFalse();
    assertThat(document.path("imageName").asText())
        .isEqualTo("trial-" + document.path("buildId").asText());
    assertThat(document.path("cleaned").toString()).contains("/tmp/careless");
    requireNothingBut(imageId);
    try (Running serving = workplace.start("local", "serve")) {
      AwsCommand aws = AwsCommand.at(serving.awaitResult(), workplace.stateFolder());
      LaunchedInstance instance = LaunchedInstance.launch(aws, workplace.folder(), imageId, null);
      Ended status = instance.tryRoot("cloud-init status --wait --long");
      assertThat(status.exitCode()).isEqualTo(1);
      assertThat(status.stdout()).contains("status: error");
      assertThat(instance.root("cat /etc/trial")).isEqualTo("provisioned");
      assertThat(instance.root("cat /var/lib/wcs-ami/bootstrap.json"))
          .contains("\"state\": \"failed\"", "execute[break the first boot] (action run)");
      Ended told = instance.tryRoot("wcs-bootstrap status");
      assertThat(told.exitCode()).isEqualTo(1);
      assertThat(told.stdout())
          .contains("/var/log/trial-bootstrap.log", "sudo wcs-bootstrap retry");
      assertThat(instance.root("wcs-bootstrap log")).contains("this is what went wrong");
      serving.stop("TERM");
    }
  }

  @Test
  void aLoginShellThatTalksIsNotTakenForAnAnswer() {
    Path userData =
        workplace.write(
            "talkative.sh",
            """
            #cloud-boothook
            #!/bin/sh
            cat > /etc/talkative <<'END'
            echo 'Welcome!'; echo '{"state": "failed"}'; echo 'exit 1' >&2
            set -x
            END
            for file in /etc/skel/.bashrc /root/.bashrc /etc/bash.bashrc; do
              cat /etc/talkative "$file" > /etc/talkative.new && cat /etc/talkative.new > "$file"
            done
            """);

    Ended build = workplace.buildTrial("--set", "builder.userDataFile=" + userData);

    String imageId = build.imageId();
    // That the shells did talk.
    Ended kept =
        workplace.shell(
            "$WCS_AMI export -q --output image.tar "
                + imageId
                + " && tar -xOf image.tar --wildcards '*root/.bashrc' '*home/admin/.bashrc'");
    assertThat(kept.requireSuccess().stdout().split("Welcome!", -1)).hasSize(3);
    requireNothingBut(imageId);
  }

  @Test
  void namesTheImageOnStandardErrorWhenNobodyReadsStandardOutput() {
    String build = "$WCS_AMI " + String.join(" ", Workplace.trial());

    Ended piped = workplace.shell(build + " | true; exit ${PIPESTATUS[0]}");

    piped.requireFailed(3);
    try (RegionView region = workplace.region()) {
      String imageId = region.images().get(0).imageId();
      region.requireNothingBut(imageId);
      assertThat(piped.stderr()).contains("stdout can't be written", imageId + ", which exists");
    }
  }
}
