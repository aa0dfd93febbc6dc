package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.Preflight.Answer;
import io.wizzie.wcs.ami.ec2.Preflight.Verdict;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions.Permission;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanAndPolicyTest {
  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void startInAnEmptyFolder() {
    program = new CommandLineRun(folder);
    program.parts.permissions =
        List.of(
            new Answer(new Permission("ec2:RunInstances", "launch", ""), Verdict.ALLOWED, ""),
            new Answer(
                new Permission("ec2:StopInstances", "stop it", ""), Verdict.NOT_ASKABLE, "later"));
  }

  static Answer denied(String action) {
    return new Answer(new Permission(action, "mark", "an.option"), Verdict.DENIED, "");
  }

  @Test
  void showsWhatWouldBeBuilt() {
    assertThat(program.run("plan", "--region", "eu-west-1")).isZero();

    assertThat(program.stderr()).isEmpty();
    assertThat(program.stdout())
        .isEqualTo(
            """
            Region:        eu-west-1
            Image:         wcs-1.1.0
            Source image:  ami-source (debian)
            Instance type: t3.large
            Subnet:        subnet-1 (eu-west-1a) of vpc-1
            Provision:     recipe[wcsprov], recipe[more]
            Bootstrap:     recipe[wcsbootstrap]

            Would create:
              key pair, for the build only
              security group, for the build only, that admits 192.0.2.1/32
              instance t3.large with 30 GiB gp3, for the build only, 2h00m at most
              image wcs-1.1.0
              snapshot of up to 30 GiB, which stays with the image

            Permissions: 1 allowed, 1 can't be checked beforehand (-v lists them).
            """);
  }

  @Test
  void listsEachPermissionWhenVerbose() {
    assertThat(program.run("plan", "--region", "eu-west-1", "-v")).isZero();

    assertThat(program.stdout())
        .endsWith(
            """
            PERMISSION         VERDICT                             FOR      NEEDED BY
            ec2:RunInstances   allowed                             launch   every build
            ec2:StopInstances  can't be checked beforehand: later  stop it  every build

            Permissions: 1 allowed, 1 can't be checked beforehand.
            """);
  }

  @Test
  void wrapsTheTableToTheWidthWithoutBreakingAWord() {
    program.variables.put("COLUMNS", "60");

    assertThat(program.run("plan", "--region", "eu-west-1", "-v")).isZero();

    assertThat(program.stdout())
        .endsWith(
            """
            PERMISSION         VERDICT              FOR      NEEDED BY
            ec2:RunInstances   allowed              launch   every build
            ec2:StopInstances  can't be checked     stop it  every build
                               beforehand: later

            Permissions: 1 allowed, 1 can't be checked beforehand.
            """);
  }

  @Test
  void listsAllThatIsDeniedOrWrongAtOnce() {
    program.parts.permissions = List.of(denied("ec2:CreateTags"), denied("ec2:CreateImage"));
    program.parts.previewProblems = List.of("The image name is taken.");

    assertThat(program.run("plan", "--region", "eu-west-1")).isEqualTo(2);

    assertThat(program.stdout()).contains("Problems:\n  The image name is taken.\n");
    assertThat(program.stderr())
        .isEqualTo(
            "wcs-ami: 1 problem; denied: ec2:CreateTags, ec2:CreateImage (all that is needed is"
                + " printed by: wcs-ami policy --region eu-west-1). Nothing was created.\n");
  }

  @Test
  void buildWithCheckDoesTheSameAndBuildsNothing() {
    assertThat(program.run("build", "--check", "--region", "eu-west-1", "--output", "json"))
        .isZero();

    assertThat(program.parts.calls).contains("preview").doesNotContain("build");
    assertThat(program.stdout())
        .contains(
            "\"exitCode\" : 0",
            "\"good\" : true",
            "\"verdict\" : \"not askable\"",
            "\"subnetId\" : \"subnet-1\"");
    assertThat(folder.resolve("output")).doesNotExist();
  }

  @Test
  void preparesTheLocalRegionWhoseBaseImageABuildWouldTake() {
    assertThat(program.run("plan", "--region", "local", "--state-dir", "/state")).isZero();

    assertThat(program.parts.calls)
        .containsSubsequence("preview", "close")
        .noneMatch(call -> call.startsWith("attach"));
  }

  @Test
  void tellsNoProgressWhenItIsToBeQuiet() {
    program.run("plan", "--region", "local", "--state-dir", "/state");
    assertThat(program.stderr()).contains("the base image is there");

    program.err.reset();
    program.run("build", "--check", "-q", "--region", "local", "--state-dir", "/state");
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void printsThePolicyOffline() {
    assertThat(program.run("policy")).isZero();

    assertThat(program.stdout())
        .startsWith("{\n  \"Version\" : \"2012-10-17\",")
        .contains("\"ec2:RunInstances\"", "\"Resource\" : \"*\"")
        .doesNotContain("iam:");
    assertThat(program.parts.calls).doesNotContain("connect");
    program.out.reset();
    assertThat(program.run("policy", "--output", "text")).isZero();
    assertThat(program.stdout())
        .startsWith("ACTION ")
        .containsPattern("ec2:ModifyImageAttribute +require IMDSv2 .* image.imdsV2Only");
  }
}
