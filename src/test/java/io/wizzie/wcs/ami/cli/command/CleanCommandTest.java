package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Fate;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanCommandTest {
  private static final String BUILD = "wcs-20260304-050607-abcdef";

  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void startInAnEmptyFolder() {
    program = new CommandLineRun(folder);
  }

  private void found(Row... rows) {
    program.parts.cleaning = new Cleaning("eu-west-1", List.of(rows));
  }

  private static Row row(String kind, String id, Fate fate, String note) {
    ResourceKind known = ResourceKind.of(kind).orElseThrow();
    return new Row(BUILD, new ResourceId("eu-west-1", known, id), fate, note);
  }

  @Test
  void printsWhatItRemoved() {
    found(
        row("image", "ami-1", Fate.REMOVED, ""),
        row("security group", "sg-1", Fate.ALIVE, "the build is running on this machine"));

    assertThat(program.run("clean", "--region", "eu-west-1", "-q")).isZero();

    assertThat(program.stdout())
        .isEqualTo(
            """
            REGION     BUILD                       KIND            ID     STATE
            eu-west-1  wcs-20260304-050607-abcdef  image           ami-1  removed
            eu-west-1  wcs-20260304-050607-abcdef  security group  sg-1   not touched: the build is running on this machine
            """);
    assertThat(program.stderr()).isEmpty();
    assertThat(program.parts.calls)
        .contains("clean Request[buildId=null, olderThan=null, dryRun=false]");
  }

  @Test
  void saysThatNothingIsLeft() {
    assertThat(program.run("clean", "--region", "eu-west-1", "-q")).isZero();

    assertThat(program.stdout()).isEqualTo("Nothing is left in region eu-west-1.\n");
  }

  @Test
  void endsWithThreeWhenSomethingIsLeft() {
    found(row("instance", "i-1", Fate.LEFT, "not allowed"));
    assertThat(program.run("clean", "--region", "eu-west-1")).isEqualTo(3);
    assertThat(program.stdout()).contains("i-1  left: not allowed");

    found(row("instance", "i-1", Fate.FOUND, ""));
    assertThat(program.run("clean", "--region", "eu-west-1", "--dry-run")).isEqualTo(3);
  }

  @Test
  void endsWithThreeWhenTheBuildThatIsAskedForLives() {
    found(row("instance", "i-1", Fate.ALIVE, "running"));

    assertThat(program.run("clean", "--region", "eu-west-1", "--build", BUILD)).isEqualTo(3);
  }

  @Test
  void goesThroughSeveralRegions() {
    assertThat(
            program.run(
                "clean", "--region", "eu-west-1", "--region", "local", "--state-dir", "/s", "-q"))
        .isZero();

    assertThat(program.parts.calls)
        .containsExactly(
            "connect",
            "clean Request[buildId=null, olderThan=null, dryRun=false]",
            "disconnect",
            "attach /s",
            "connect",
            "clean Request[buildId=null, olderThan=null, dryRun=false]",
            "disconnect",
            "close");
  }

  @Test
  void passesOnWhatIsMeant() {
    program.run(
        "clean", "--region", "eu-west-1", "--build", BUILD, "--older-than", "2d", "--dry-run");

    assertThat(program.parts.calls)
        .contains("clean Request[buildId=" + BUILD + ", olderThan=PT48H, dryRun=true]");
  }

  @Test
  void printsAnObjectWithOutputJson() {
    found(row("image", "ami-1", Fate.REMOVED, ""));

    assertThat(program.run("clean", "--region", "eu-west-1", "--output", "json")).isZero();

    assertThat(program.stdout())
        .contains("\"clean\" : true", "\"kind\" : \"image\"", "\"state\" : \"removed\"");
  }

  @Test
  void refusesWhatIsNoBuildAndNeedsARegion() {
    assertThat(program.run("clean", "--region", "eu-west-1", "--build", "../x")).isEqualTo(2);
    assertThat(program.stderr()).contains("'../x' is no build's ID");

    assertThat(program.run("clean")).isEqualTo(2);
    assertThat(program.stderr()).contains("No region");
  }

  @Test
  void tellsThatThereAreNoCredentials() {
    program.parts.connectFailure = new BuildException(Category.CONFIGURATION, "No credentials.");

    assertThat(program.run("clean", "--region", "eu-west-1", "-q")).isEqualTo(2);
    assertThat(program.stderr()).endsWith("wcs-ami: No credentials.\n");
  }
}
