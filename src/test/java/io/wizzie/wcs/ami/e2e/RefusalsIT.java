package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;

/** What is refused before anything is launched. */
class RefusalsIT extends WorkplaceCase {
  /** The cursor goes up over lines that are drawn again. */
  private static final String REDRAW = "\u001b\\[\\d+A";

  @Test
  void everyProblemOfAConfigurationIsToldAtOnce() throws IOException {
    workplace.write(
        "bad.json",
        """
        {
          "imagge": {"name": "x"},
          "builder": {"instanceTypes": ["huge"], "lifetime": "soon"},
          "ssh": {"port": 99999},
          "provision": {"runList": ["recipe[nothing]"]},
        }
        """);

    Ended build =
        workplace
            .run(
                "build",
                "--region",
                "local",
                "--config",
                Workplace.TRIAL.toString(),
                "--config",
                "bad.json")
            .requireFailed(2);

    assertThat(build.stderr())
        .contains("bad.json:2:", "imagge", "did you mean \"image\"?")
        .contains("bad.json:3:", "builder.instanceTypes", "huge")
        .contains("builder.lifetime", "soon")
        .contains("bad.json:4:", "ssh.port", "99999")
        .contains("problems in the configuration; nothing was created.");
    Ended json = workplace.run("validate", "--config", "bad.json", "--output", "json");
    assertThat(json.exitCode()).isEqualTo(2);
    JsonNode document = new JsonMapper().readTree(json.stdout());
    assertThat(document.path("valid").asBoolean()).isFalse();
    assertThat(document.path("problems").size()).isGreaterThan(4);
    assertThat(workplace.hasBegunABuild()).isFalse();
  }

  @Test
  void aRecipeThatIsNowhereIsMissedBeforeAnythingIsAskedOfTheRegion() {
    Ended build =
        workplace.buildTrial("--set", "provision.runList=[\"trial::defualt\"]").requireFailed(2);

    assertThat(build.stderr())
        .contains("trial::defualt", "did you mean \"recipe[trial]\"?", "1 problem");
    assertThat(workplace.hasBegunABuild()).isFalse();
  }

  @Test
  void withoutCredentialsOneLineSaysWhatToSet() {
    Ended build =
        workplace.run("build", "--region", "us-east-1", "--config", Workplace.SHIPPED.toString());

    build.requireFailed(2);
    assertThat(build.stderr().lines()).hasSize(1);
    assertThat(build.stderr()).startsWith("wcs-ami: ").contains("credentials", "AWS_PROFILE");
    assertThat(workplace.hasBegunABuild()).isFalse();
  }

  @Test
  void withoutARegionOneLineSaysWhatToSet() {
    Ended build = workplace.run("build", "--config", Workplace.SHIPPED.toString());

    build.requireFailed(2);
    assertThat(build.stderr().lines()).hasSize(1);
    assertThat(build.stderr()).contains("--region", "AWS_REGION");
  }

  @Test
  void aTakenImageNameIsFoundBeforeAnythingIsLaunched() {
    String copy = registerImageNamed("taken");

    Ended build = workplace.buildTrial("--set", "image.name=taken").requireFailed(2);

    assertThat(build.stderr()).contains("taken", copy).doesNotContain("access:", "launch:");
    requireNothingBut(copy);
  }

  private String registerImageNamed(String name) {
    try (RegionView region = workplace.region()) {
      return region
          .ec2()
          .copyImage(
              CopyImageRequest.builder()
                  .name(name)
                  .sourceImageId(region.baseImage().imageId())
                  .sourceRegion("local")
                  .build())
          .imageId();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sourceImage={\"imageId\": \"ami-0123456789abcdef0\", \"filters\": null, \"owners\": null}",
        "sourceImage.filters={\"name\": [\"no-such-image-*\"]}"
      })
  void anUnknownSourceImageIsNamed(String setting) {
    Ended build = workplace.buildTrial("--set", setting);

    build.requireFailed(2);
    assertThat(build.stderr())
        .contains("resolve: failed after")
        .containsPattern("ami-0123456789abcdef0|no-such-image-")
        .doesNotContain("access:");
    requireNothingLeft();
  }

  @Test
  void aTerminalGetsADisplayUnlessItIsACiSystems() {
    String build =
        "script -qec '$WCS_AMI "
            + String.join(" ", Workplace.trial())
            + " --set sourceImage.filters.name=[\\\"no-such-image\\\"]' /dev/null";

    assertThat(workplace.shell("TERM=xterm " + build).stdout()).containsPattern(REDRAW);
    assertThat(workplace.shell("CI=true TERM=xterm " + build).stdout())
        .contains("resolve: failed after")
        .doesNotContainPattern(REDRAW);
  }
}
