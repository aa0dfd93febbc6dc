package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.history.RecordedBuilds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateCommandTest {
  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void twoBuilds() throws IOException {
    program = new CommandLineRun(folder);
    for (int number = 1; number <= 2; number++) {
      Path output = Files.createDirectories(folder.resolve("output/wcs-" + number));
      Files.writeString(
          output.resolve("manifest.json"),
          RecordedBuilds.manifest("wcs-" + number, "ami-" + String.valueOf(number).repeat(8)));
    }
  }

  private JsonNode printed() throws IOException {
    return JsonMapper.builder().build().readTree(program.stdout());
  }

  private String mapped(String region) throws IOException {
    return printed().at("/Mappings/Images/" + region + "/ImageId").asText();
  }

  @Test
  void isOfTheLastBuildAndSaysSo() throws IOException {
    assertThat(program.run("template")).isZero();

    assertThat(program.stderr()).isEqualTo("Template of ami-22222222, build wcs-2.\n");
    assertThat(mapped("us-east-1")).isEqualTo("ami-22222222");
    assertThat(printed().at("/Parameters/VolumeSize/Default").asInt()).isEqualTo(30);
    assertThat(program.parts.calls).isEmpty();
  }

  @Test
  void isOfTheBuildThatMadeAnImage() throws IOException {
    assertThat(program.run("template", "--image", "ami-11111111")).isZero();

    assertThat(program.stderr()).isEmpty();
    assertThat(mapped("us-east-1")).isEqualTo("ami-11111111");
    assertThat(program.parts.calls).isEmpty();
  }

  @Test
  void isOfAManifest() throws IOException {
    assertThat(program.run("template", "--manifest", "output/wcs-1/manifest.json")).isZero();

    assertThat(mapped("us-east-1")).isEqualTo("ami-11111111");
  }

  @Test
  void looksUpAnImageThatNoBuildHereMade() throws IOException {
    assertThat(program.run("template", "--image", "ami-99999999", "--region", "eu-west-1"))
        .isZero();

    assertThat(program.stderr()).isEmpty();
    assertThat(program.parts.calls).endsWith("connect", "describe ami-99999999", "disconnect");
    assertThat(mapped("eu-west-1")).isEqualTo("ami-99999999");
    assertThat(printed().at("/Parameters/VolumeSize/Default").asInt()).isEqualTo(40);
    assertThat(printed().at("/Parameters/InstanceType/Default").asText()).isEqualTo("m6g.xlarge");
    assertThat(
            printed()
                .at("/Resources/Instance/Properties/BlockDeviceMappings/0/DeviceName")
                .asText())
        .isEqualTo("/dev/xvda");
  }

  @Test
  void looksIntoTheLocalRegionWithoutPreparingIt() {
    assertThat(
            program.run(
                "template",
                "--image",
                "ami-99999999",
                "--region",
                "local",
                "--state-dir",
                "/state"))
        .isZero();

    assertThat(program.parts.calls)
        .endsWith("attach /state", "connect", "describe ami-99999999", "disconnect", "close");
  }

  @Test
  void refusesBadInput() {
    assertThat(program.run("template", "--image", "ami-11111111", "--manifest", "x")).isEqualTo(2);
    assertThat(program.stderr()).contains("--image and --manifest exclude each other");

    program.err.reset();
    assertThat(program.run("template", "--image", "ami-0000", "--region", "r")).isEqualTo(2);
    assertThat(program.stderr()).startsWith("wcs-ami: 'ami-0000' is not the ID of an image");

    program.err.reset();
    assertThat(program.run("template", "--manifest", "missing.json")).isEqualTo(2);
    assertThat(program.stderr()).startsWith("wcs-ami: There is no manifest ");

    program.err.reset();
    assertThat(program.run("template", "--image", "ami-99999999")).isEqualTo(2);
    assertThat(program.stderr()).startsWith("wcs-ami: No region: ");
    assertThat(program.stdout()).isEmpty();
  }

  @Test
  void needsABuildOrAnImage() {
    CommandLineRun elsewhere = new CommandLineRun(folder.resolve("output"));

    assertThat(elsewhere.run("template")).isEqualTo(2);
    assertThat(elsewhere.stderr()).startsWith("wcs-ami: No build in output/ has made an image: ");
    assertThat(elsewhere.stdout()).isEmpty();
  }
}
