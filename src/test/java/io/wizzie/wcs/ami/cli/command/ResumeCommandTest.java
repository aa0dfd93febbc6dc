package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.pipeline.KilledBuilds;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeCommandTest {
  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));
  private String build = "";

  @BeforeEach
  void leaveAKilledBuild() {
    program = new CommandLineRun(folder);
    build = KilledBuilds.leaveOneIn(folder.resolve("output"));
  }

  private Path buildFolder() {
    return folder.resolve("output").resolve(build);
  }

  @Test
  void printsTheIdOfTheImageInTheRegionThatIsRecorded() {
    // Another region's variable is no matter of this build.
    program.variables.put("AWS_REGION", "us-east-1");
    assertThat(program.run("resume", build, "-q")).isZero();

    assertThat(program.stdout()).isEqualTo("ami-0abc\n");
    assertThat(program.parts.target).isNotNull();
    assertThat(program.parts.target.name()).isEqualTo("eu-west-1");
    assertThat(program.parts.calls).containsExactly("connect", "resume " + build, "disconnect");
  }

  @Test
  void printsTheManifestWithOutputJson() {
    assertThat(program.run("resume", build, "--output", "json")).isZero();

    assertThat(program.stdout()).contains("\"imageId\"", "\"manifestVersion\"");
  }

  @Test
  void goesOnWithTheBuildsLogs() throws IOException {
    Files.writeString(buildFolder().resolve("build.log"), "before\n");
    program.parts.script =
        events ->
            new BuildOutcome.Failed(
                new BuildException(Category.EC2, "No space."),
                false,
                false,
                List.of(
                    new Leftover(
                        new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1"),
                        "in use",
                        "deregister it")));

    assertThat(program.run("resume", build)).isEqualTo(3);

    assertThat(buildFolder().resolve("build.log")).content().startsWith("before\n").contains("No");
    assertThat(program.stderr())
        .contains("No space.", "image ami-1: in use", "wcs-ami clean --build " + build);
  }

  @Test
  void namesTheRegionInTheCommandThatCleansABuildThatIsUnknownHere() {
    String other = "wcs-20261122-135801-ffffff";

    assertThat(program.run("resume", other)).isEqualTo(2);
    assertThat(program.stderr()).endsWith(" clean --build " + other + " --region REGION\n");

    program.variables.put("AWS_REGION", "us-east-2");
    program.run("resume", other);
    assertThat(program.stderr()).endsWith(" clean --build " + other + " --region us-east-2\n");

    program.run("resume", other, "--region", "us-east-1");
    assertThat(program.stderr()).endsWith(" clean --build " + other + " --region us-east-1\n");
  }

  @Test
  void saysInOneLineWhyNot() throws IOException {
    Files.delete(buildFolder().resolve("provisioned.json"));

    assertThat(program.run("resume", build)).isEqualTo(2);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr().lines()).hasSize(1);
    assertThat(program.stderr())
        .contains("provisioned.json is missing", "clean --build " + build + " --region eu-west-1");
    assertThat(buildFolder().resolve("build.log")).doesNotExist();
  }

  @Test
  void asksForTheRegionOfABuildThatIsNotKnownHere() {
    assertThat(program.run("resume", "wcs-20260101-000000-000000")).isEqualTo(2);

    assertThat(program.stderr())
        .contains("wcs-ami clean --build wcs-20260101-000000-000000 --region REGION");
  }

  @Test
  void refusesABuildThatIsRunningAndLeavesItsLogsAlone() throws IOException {
    try (LockFile lock =
        LockFile.tryTake(Journal.lockFile(buildFolder()), Journal.PATIENCE).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(program.run("resume", build)).isEqualTo(2);
    }

    assertThat(program.stderr()).contains("it is running on this machine");
    assertThat(buildFolder().resolve("build.log")).doesNotExist();
  }

  @Test
  void refusesAnotherRegionAndGivesTheLockBack() throws IOException {
    assertThat(program.run("resume", build, "--region", "us-east-1")).isEqualTo(2);

    assertThat(program.stderr()).contains("was begun in region eu-west-1, not in us-east-1");
    assertThat(LockFile.isTaken(Journal.lockFile(buildFolder()))).isFalse();
  }

  @Test
  void tellsThatThereAreNoCredentialsAndGivesTheLockBack() throws IOException {
    program.parts.connectFailure = new BuildException(Category.CONFIGURATION, "No credentials.");

    assertThat(program.run("resume", build)).isEqualTo(2);

    assertThat(program.stderr()).contains("No credentials.");
    assertThat(LockFile.isTaken(Journal.lockFile(buildFolder()))).isFalse();
  }

  @Test
  void endsWithTwoWhenTheRegionHasNothingToGoOnFrom() {
    program.parts.script =
        events ->
            new BuildOutcome.Failed(
                new BuildException(Category.CONFIGURATION, "Its image is gone."),
                true,
                false,
                List.of());

    assertThat(program.run("resume", build)).isEqualTo(2);

    assertThat(program.stderr()).contains("Its image is gone.").doesNotContain("was removed");
  }
}
