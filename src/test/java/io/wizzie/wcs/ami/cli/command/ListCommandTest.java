package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.ec2.ProjectResources.ProjectBuilder;
import io.wizzie.wcs.ami.ec2.ProjectResources.ProjectImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
  private static final Instant CREATED = Instant.parse("2026-03-04T04:00:00.500Z");

  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void startInAnEmptyFolder() {
    program = new CommandLineRun(folder);
    program.parts.listing =
        new RegionListing(
            "eu-west-1",
            List.of(
                new ProjectImage(
                    "ami-1", "wcs-1.1.0", "wcs-b2", "available", true, CREATED, List.of("snap-1")),
                new ProjectImage("ami-22", "wcs", "wcs-b1", "pending", false, CREATED, List.of())),
            List.of(
                new ProjectBuilder(
                    "i-1", "wcs-b3", "running", "t3.large", CREATED, "2026-03-04T06:06:07Z"),
                new ProjectBuilder(
                    "i-2", "wcs-b1", "stopped", "t3.large", CREATED, "2026-03-04T05:00:00Z"),
                new ProjectBuilder("i-3", "", "running", "m5.large", CREATED, null),
                new ProjectBuilder("i-4", "", "running", "m5.large", CREATED, "tomorrow")));
  }

  @Test
  void printsTables() {
    assertThat(program.run("list", "--region", "eu-west-1")).isZero();

    assertThat(program.stderr()).isEmpty();
    assertThat(program.stdout())
        .isEqualTo(
            """
            IMAGE   NAME       STATE                  CREATED               BUILD
            ami-1   wcs-1.1.0  available              2026-03-04T04:00:00Z  wcs-b2
            ami-22  wcs        pending, not finished  2026-03-04T04:00:00Z  wcs-b1

            BUILDER  TYPE      STATE    LAUNCHED              EXPIRES              BUILD
            i-1      t3.large  running  2026-03-04T04:00:00Z  in 1h00m             wcs-b3
            i-2      t3.large  stopped  2026-03-04T04:00:00Z  abandoned 6m07s ago  wcs-b1
            i-3      m5.large  running  2026-03-04T04:00:00Z  -
            i-4      m5.large  running  2026-03-04T04:00:00Z  tomorrow
            """);
  }

  @Test
  void saysHowAnInterruptedBuildIsCarriedOnOrRemoved() throws IOException {
    String here = "wcs-20260304-040000-aaaaaa";
    String elsewhere = "wcs-20260304-040000-bbbbbb";
    Files.createDirectories(folder.resolve("output").resolve(here));
    Files.createFile(folder.resolve("output").resolve(here).resolve("provisioned.json"));
    program.parts.listing =
        new RegionListing(
            "eu-west-1",
            List.of(new ProjectImage("ami-2", "wcs", here, "pending", false, CREATED, List.of())),
            List.of(
                new ProjectBuilder(
                    "i-2", elsewhere, "stopped", "t3", CREATED, "2026-03-04T05:00:00Z")));

    assertThat(program.run("list", "--region", "eu-west-1", "--profile", "seller")).isZero();

    String at = " --region eu-west-1 --profile seller";
    assertThat(program.stderr().lines())
        .containsExactly(
            "Unless build "
                + here
                + " is still running, it is carried on by: wcs-ami resume "
                + here
                + at
                + "  or removed by: wcs-ami clean --build "
                + here
                + at,
            "Unless build "
                + elsewhere
                + " is still running, it is removed by: wcs-ami clean --build "
                + elsewhere
                + at);
  }

  @Test
  void saysThatThereIsNothing() {
    program.parts.listing = new RegionListing("eu-west-1", List.of(), List.of());

    assertThat(program.run("list", "--region", "eu-west-1")).isZero();

    assertThat(program.stdout())
        .isEqualTo("No images in region eu-west-1.\n\nNo builders in region eu-west-1.\n");
  }

  @Test
  void printsAnObjectWithOutputJson() {
    assertThat(program.run("list", "--region", "eu-west-1", "--output", "json")).isZero();

    assertThat(program.stdout())
        .contains(
            """
            {
              "region" : "eu-west-1",
              "images" : [
                {
                  "imageId" : "ami-1",
                  "name" : "wcs-1.1.0",
                  "state" : "available",
                  "finished" : true,
                  "createdAt" : "2026-03-04T04:00:00.500Z",
                  "buildId" : "wcs-b2",
                  "snapshotIds" : [
                    "snap-1"
                  ]
                },
            """)
        .contains("\"expiresAt\" : null");
  }

  @Test
  void looksIntoTheLocalRegionWithoutPreparingIt() {
    assertThat(program.run("list", "--region", "local", "--state-dir", "/state")).isZero();

    assertThat(program.parts.calls)
        .containsExactly("attach /state", "connect", "list", "disconnect", "close");
  }

  @Test
  void readsTheConfigurationOnlyWhenItMustTellTheRegion() throws IOException {
    program.parts.regionOfFile = "eu-west-1";
    Files.createDirectories(folder.resolve("config"));
    Files.createFile(folder.resolve("config/wcs-ami.json"));

    assertThat(program.run("list")).isZero();
    assertThat(program.parts.calls)
        .containsExactly("read [config/wcs-ami.json] [] for null", "connect", "list", "disconnect");

    program.parts.calls.clear();
    program.variables.put("AWS_REGION", "us-east-1");
    assertThat(program.run("list")).isZero();
    assertThat(program.parts.calls).containsExactly("connect", "list", "disconnect");
  }

  @Test
  void needsARegionAndCredentials() {
    assertThat(program.run("list")).isEqualTo(2);
    assertThat(program.stderr()).startsWith("wcs-ami: No region: ");

    program.err.reset();
    program.parts.connectFailure = new BuildException(Category.CONFIGURATION, "No credentials.");
    assertThat(program.run("list", "--region", "eu-west-1")).isEqualTo(2);
    assertThat(program.stderr()).isEqualTo("wcs-ami: No credentials.\n");
    assertThat(program.stdout()).isEmpty();
  }

  @Test
  void noticesThatNobodyReadsTheResult() {
    program.stdoutBroken = true;

    assertThat(program.run("list", "--region", "eu-west-1")).isEqualTo(1);
    assertThat(program.stderr()).isEqualTo("wcs-ami: stdout can't be written.\n");
  }

  @Test
  void callsAnInterruptByItsNameWhateverBreaks() {
    program.parts.interruptedBy = program::interrupt;

    assertThat(program.run("list", "--region", "local")).isEqualTo(130);

    assertThat(program.stderr()).isEqualTo("wcs-ami: Interrupted.\n");
    assertThat(program.parts.calls).endsWith("list", "disconnect", "close");
    assertThat(program.exits).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void endsAtOnceWhereThereIsNothingToCleanUp() {
    program.parts.interruptedBy = program::interrupt;

    program.run("list", "--region", "eu-west-1");

    assertThat(program.exits).containsExactly(130);
    assertThat(Thread.interrupted()).isFalse();
  }
}
