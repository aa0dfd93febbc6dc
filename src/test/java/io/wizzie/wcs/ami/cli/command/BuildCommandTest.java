package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.terminal.Environment.Stream;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildCommandTest {
  private static final String FAILED =
      """
      wcs-ami: recipe[wcsprov] failed
      its log's tail
      """;
  private static final String REMOVED = "Everything that the build created was removed.\n";
  private static final String ADVICE =
      "To log in to the builder of a build that fails, add --on-error keep.\n";
  private static final String LOG = "Log: output/wcs-20260304-050607-abcdef/build.log\n";

  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void startInAnEmptyFolder() {
    program = new CommandLineRun(folder);
  }

  @Test
  void printsTheImagesIdAndNothingElseOnStdout() {
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.StageStarted(program.clock.instant(), "launch", "Launch the builder"));
          program.clock.step(Duration.ofSeconds(201));
          return new BuildOutcome.Built(Results.built(List.of()));
        };

    assertThat(program.run("build", "--region", "eu-west-1")).isZero();

    assertThat(program.stdout()).isEqualTo("ami-0abc\n");
    assertThat(program.stderr())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z launch: Launch the builder
            Built ami-0abc (wcs-1.1.0) from Ubuntu 24.04.1 LTS in region eu-west-1 in 3m21s.
            Manifest: output/wcs-20260304-050607-abcdef/manifest.json
            """);
    assertThat(program.parts.target).isEqualTo(new RegionTarget("eu-west-1", null, null));
  }

  @Test
  void printsTheManifestWithOutputJson() {
    assertThat(program.run("build", "--region=eu-west-1", "--output", "json")).isZero();

    JsonNode document = json();
    assertThat(document.get("imageId").textValue()).isEqualTo("ami-0abc");
    assertThat(document.get("buildId").textValue()).isEqualTo("wcs-20260304-050607-abcdef");
    assertThat(document.get("exitCode").intValue()).isZero();
    assertThat(document.has("error")).isFalse();
  }

  @Test
  void isSilentWhenQuiet() {
    assertThat(program.run("build", "--region", "eu-west-1", "-q")).isZero();

    assertThat(program.stdout()).isEqualTo("ami-0abc\n");
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void saysLastThatTheStandInIsNotChefEvenWhenQuiet() {
    program.parts.script = events -> new BuildOutcome.Built(Results.rehearsed());

    assertThat(program.run("build", "--region", "eu-west-1", "-q")).isZero();

    assertThat(program.stderr())
        .isEqualTo(
            "wcs-ami: warning: Chef stand-in 18.0.0 converged this image: a rehearsal of the"
                + " cookbooks, not Chef.\n");
  }

  @Test
  void passesTheOptionsOn() {
    int code =
        program.run(
            "build",
            "--region",
            "eu-west-1",
            "--config=a.json",
            "--config",
            "b.json",
            "--set",
            "image.name=\"x=y\"",
            "--set=a.b=@c",
            "--profile",
            "seller",
            "--endpoint-url",
            "https://vpce.example:8443",
            "--manifest",
            "out/m.json",
            "--on-error",
            "KEEP",
            "-v");

    assertThat(code).isZero();
    assertThat(program.parts.calls)
        .containsExactly(
            "log libraries",
            "read [a.json, b.json] [image.name=\"x=y\", a.b=@c] for eu-west-1",
            "connect",
            "build",
            "disconnect");
    assertThat(program.parts.target)
        .isEqualTo(
            new RegionTarget("eu-west-1", "seller", URI.create("https://vpce.example:8443")));
    assertThat(program.parts.options).isNotNull();
    assertThat(program.parts.options.manifest()).isEqualTo(folder.resolve("out/m.json"));
    assertThat(program.parts.options.onError()).isEqualTo(OnError.KEEP);
  }

  @ParameterizedTest
  @CsvSource({
    "EC2, 1",
    "ACCESS, 1",
    "GUEST, 1",
    "HOST, 1",
    "CHECK, 4",
    // Something was created before the fault was found, and 2 says the opposite.
    "CONFIGURATION, 1"
  })
  void tellsAFailureAfterItsCleanup(Category category, int code) {
    fail(category, false);

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(code);

    assertThat(program.stdout()).isEmpty();
    boolean inTheGuest = category == Category.GUEST || category == Category.ACCESS;
    assertThat(program.stderr()).isEqualTo(FAILED + REMOVED + (inTheGuest ? ADVICE : "") + LOG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken off", "failed", "interrupted"})
  void printsTheIdOfAFinishedImageWhateverFailsAfterwards(String end) {
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.ImageKept(program.clock.instant(), "ami-1", List.of("snap-1")));
          BuildException late = new BuildException(Category.HOST, "The disk is full.");
          if (end.equals("broken off")) {
            throw new IllegalStateException("a bug");
          }
          return end.equals("failed")
              ? new BuildOutcome.Failed(late, false, false, List.of())
              : new BuildOutcome.Interrupted(late, List.of());
        };

    assertThat(program.run("build", "--region", "eu-west-1")).isZero();

    assertThat(program.stdout()).isEqualTo("ami-1\n");
    assertThat(program.stderr())
        .contains("wcs-ami: The image ami-1 is finished and can be used.\n")
        .doesNotContain("was removed");
  }

  @Test
  void exitsWith2WhenTheConfigurationWasFoundWrongBeforeAnythingWasCreated() {
    fail(Category.CONFIGURATION, true);

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(2);

    assertThat(program.stderr()).isEqualTo(FAILED + LOG);
  }

  @Test
  void putsTheStackTraceIntoTheLogAndOnlyWhenVerboseOnStderr() {
    fail(Category.GUEST, false);

    program.run("build", "--region", "eu-west-1");
    assertThat(program.stderr()).doesNotContain("BuildException");
    assertThat(folder.resolve("output/wcs-20260304-050607-abcdef/build.log"))
        .content()
        .contains("io.wizzie.wcs.ami.base.BuildException: recipe[wcsprov] failed", "\tat ".strip());
  }

  @Test
  void printsTheStackTraceWhenVerbose() {
    fail(Category.GUEST, false);

    program.run("build", "--region", "eu-west-1", "-v");

    assertThat(program.stderr())
        .startsWith(FAILED + "io.wizzie.wcs.ami.base.BuildException: recipe[wcsprov] failed\n");
  }

  @Test
  void namesWhatIsLeftBehindWithTheCommandThatRemovesIt() {
    program.parts.script =
        events ->
            new BuildOutcome.Failed(
                new BuildException(Category.GUEST, "It failed."),
                false,
                false,
                List.of(Results.GROUP));

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(3);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            """
            wcs-ami: It failed.
            wcs-ami: Left behind, newest first:
              security group sg-1: DependencyViolation
                aws ec2 delete-security-group --group-id sg-1
            All of it is removed by: wcs-ami clean --build wcs-20260304-050607-abcdef --region eu-west-1
            """
                + LOG);
  }

  @Test
  void tellsOnceWhatTheCommandsOfTheLocalRegionNeed() {
    program.parts.script =
        events ->
            new BuildOutcome.Failed(
                new BuildException(Category.GUEST, "It failed."),
                false,
                false,
                List.of(
                    new Leftover(
                        new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"),
                        "stuck",
                        "aws one  # while it is served"),
                    new Leftover(
                        new ResourceId("eu-west-1", ResourceKind.KEY_PAIR, "k-1"),
                        "stuck",
                        "aws two  # while it is served")));

    assertThat(program.run("build", "--region", "eu-west-1", "-q")).isEqualTo(3);

    assertThat(program.stderr())
        .contains(
            """
              instance i-1: stuck
                aws one
              key pair k-1: stuck
                aws two
              These commands work while it is served
            """);
  }

  @Test
  void handsOutAnImageThoughSomethingElseIsLeftBehind() {
    program.parts.script = events -> new BuildOutcome.Built(Results.built(List.of(Results.GROUP)));

    assertThat(program.run("build", "--region", "eu-west-1", "-q")).isEqualTo(3);

    assertThat(program.stdout()).isEqualTo("ami-0abc\n");
    assertThat(program.stderr())
        .isEqualTo(
            """
            wcs-ami: Left behind, newest first:
              security group sg-1: DependencyViolation
                aws ec2 delete-security-group --group-id sg-1
            All of it is removed by: wcs-ami clean --build wcs-20260304-050607-abcdef --region eu-west-1
            """);
  }

  @Test
  void printsOneObjectAboutAFailureWithOutputJson() {
    program.parts.script =
        events ->
            new BuildOutcome.Failed(
                new BuildException(Category.GUEST, "It failed."),
                false,
                false,
                List.of(Results.GROUP));

    assertThat(program.run("build", "--region", "eu-west-1", "--output=json")).isEqualTo(3);

    assertThat(program.stdout())
        .isEqualTo(
            """
            {
              "exitCode" : 3,
              "error" : {
                "category" : "guest",
                "message" : "It failed."
              },
              "buildId" : "wcs-20260304-050607-abcdef",
              "log" : "%s",
              "leftovers" : [
                {
                  "region" : "eu-west-1",
                  "kind" : "security group",
                  "id" : "sg-1",
                  "reason" : "DependencyViolation",
                  "removal" : "aws ec2 delete-security-group --group-id sg-1"
                }
              ]
            }
            """
                .formatted(folder.resolve("output/wcs-20260304-050607-abcdef/build.log")));
  }

  @Test
  void reportsAllProblemsOfTheConfigurationAtOnce() {
    program.parts.specProblems =
        List.of(
            new Problem("config/wcs-ami.json:3", "builder.rootVolume", "is a list"),
            new Problem("--set a.b", "", "no such field"));

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(2);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            """
            config/wcs-ami.json:3: builder.rootVolume: is a list
            --set a.b: no such field
            wcs-ami: 2 problems in the configuration; nothing was created.
            """);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void printsAnObjectWithOutputJsonWhateverIsWrong() throws IOException {
    String[][] wrong = {
      {"build", "--output", "json", "--nonsense"},
      {"build", "--output=json", "--on-error", "maybe"},
      {"build", "--output", "json", "--region"},
      {"build", "--output", "json", "-v", "-q"},
      {"build", "--output", "json", "--endpoint-url", "nonsense"},
      {"bulid", "--output", "json"},
      {"validate", "--output", "JSON", "--nonsense"},
      {"list", "--output", "json", "--nonsense"},
    };
    for (String[] arguments : wrong) {
      program.out.reset();

      assertThat(program.run(arguments)).isEqualTo(2);

      assertThat(json().get("exitCode").intValue()).isEqualTo(2);
      assertThat(json().at("/error/category").textValue()).isEqualTo("usage");
      assertThat(json().at("/error/problems/0/message").textValue()).isNotEmpty();
    }
  }

  @Test
  void reportsProblemsOfTheCookbooksBeforeItConnects() {
    program.parts.cookbookProblems =
        List.of(new Problem("cookbooks/provision", "provision.runList", "no recipe wcsprov::x"));

    assertThat(program.run("build", "--region", "eu-west-1", "--output", "json")).isEqualTo(2);

    assertThat(program.parts.calls).doesNotContain("connect");
    assertThat(json().get("exitCode").intValue()).isEqualTo(2);
    assertThat(json().at("/error/problems/0/path").textValue()).isEqualTo("provision.runList");
    assertThat(program.stderr())
        .endsWith("wcs-ami: 1 problem in the configuration; nothing was created.\n");
  }

  @Test
  void needsCredentialsBeforeAnythingIsWritten() {
    program.parts.connectFailure =
        new BuildException(Category.CONFIGURATION, "No AWS credentials were found: do this.");

    assertThat(program.run("build", "--region", "eu-west-1", "--output", "json")).isEqualTo(2);

    assertThat(program.stderr()).isEqualTo("wcs-ami: No AWS credentials were found: do this.\n");
    assertThat(json().at("/error/category").textValue()).isEqualTo("configuration");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void needsARegion() {
    assertThat(program.run("build")).isEqualTo(2);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            "wcs-ami: No region: pass --region (such as --region us-east-1, or --region local to"
                + " try it on this machine), set AWS_REGION, or put \"region\" into the"
                + " configuration.\n");
  }

  @Test
  void servesTheLocalRegionForAsLongAsTheBuildTakes() {
    program.variables.put("WCS_AMI_STATE_DIR", "state");

    assertThat(program.run("build", "--region", "local")).isZero();

    assertThat(program.parts.calls)
        .containsExactly(
            "read [config/wcs-ami.json] [] for local",
            "open " + folder.resolve("state") + " on 0",
            "connect",
            "build",
            "disconnect",
            "close");
    assertThat(program.parts.target)
        .isEqualTo(
            new RegionTarget(
                "local",
                null,
                FakeLocalRegions.ENDPOINT,
                FakeLocalRegions.KEY,
                folder.resolve("state")));
    assertThat(program.stderr())
        .startsWith(
            """
            2026-03-04T05:06:07Z region: Open the local region
            2026-03-04T05:06:07Z region: the base image is there
            2026-03-04T05:06:07Z region: done in 0.0s: http://127.0.0.1:4566
            """);
  }

  @Test
  void usesTheEndpointThatIsGivenForTheLocalRegion() {
    program.variables.put("AWS_ENDPOINT_URL_EC2", "http://127.0.0.1:9000");

    assertThat(program.run("build", "--region", "local")).isZero();

    assertThat(program.parts.calls).contains("connect").doesNotContain("close");
    assertThat(program.parts.target)
        .isEqualTo(new RegionTarget("local", null, URI.create("http://127.0.0.1:9000")));
  }

  @Test
  void saysWhatTheMachineLacksForTheLocalRegion() {
    program.parts.local.openFailure =
        new BuildException(Category.HOST, "No podman: apt-get install podman.");

    assertThat(program.run("build", "--region", "local", "--output", "json")).isEqualTo(1);

    assertThat(program.stderr())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z region: Open the local region
            2026-03-04T05:06:07Z region: failed after 0.0s: No podman: apt-get install podman.
            wcs-ami: No podman: apt-get install podman.
            """);
    assertThat(json().at("/error/category").textValue()).isEqualTo("host");
  }

  @Test
  void aSignalEndsTheWaitForTheLocalRegionAndTheImageIsHandedOut() {
    List<Boolean> interrupted = new ArrayList<>();
    program.parts.local.closing =
        () -> {
          program.interrupt();
          interrupted.add(Thread.interrupted());
          throw new IllegalStateException("closed with work undone");
        };

    assertThat(program.run("build", "--region", "local")).isZero();

    assertThat(interrupted).containsExactly(true);
    assertThat(program.exits).isEmpty();
    assertThat(program.stdout()).isEqualTo("ami-0abc\n");
    assertThat(program.stderr())
        .contains("warning: The local region failed to shut down: closed with work undone\n");
  }

  @Test
  void anInterruptedBuildWaitsForTheLocalRegion() {
    program.parts.script =
        events -> {
          program.interrupt();
          return new BuildOutcome.Interrupted(
              new BuildException(Category.INTERRUPTED, "Interrupted."), List.of());
        };
    program.parts.local.closing =
        () -> assertThat(Thread.currentThread().isInterrupted()).isFalse();

    assertThat(program.run("build", "--region", "local")).isEqualTo(130);
  }

  @Test
  void handsOutTheImageThoughTheLocalRegionFailsToShutDown() {
    program.parts.local.closeFailure = new IllegalStateException("still in use");

    assertThat(program.run("build", "--region", "local")).isZero();

    assertThat(program.stdout()).isEqualTo("ami-0abc\n");
    assertThat(program.stderr())
        .contains("warning: The local region failed to shut down: still in use\n");
  }

  @Test
  void cleansUpAtTheFirstInterruptAndExitsWith130() {
    program.parts.script =
        events -> {
          program.interrupt();
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
          return new BuildOutcome.Interrupted(
              new BuildException(Category.INTERRUPTED, "Interrupted while waiting."), List.of());
        };

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(130);

    assertThat(program.exits).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            "2026-03-04T05:06:07Z warning: Interrupted; cleaning up. Interrupt again to stop at"
                + " once and leave the rest behind.\n"
                + "wcs-ami: Interrupted while waiting.\n"
                + REMOVED
                + LOG);
  }

  @Test
  void endsAtOnceAtTheSecondInterruptAndNamesWhatIsLeft() {
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.ResourceCreated(
                  program.clock.instant(),
                  new ResourceId("eu-west-1", ResourceKind.KEY_PAIR, "wcs-1")));
          events.accept(
              new BuildEvent.ResourceCreated(
                  program.clock.instant(),
                  new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1")));
          program.interrupt();
          program.clock.step(Duration.ofSeconds(1));
          events.accept(
              new BuildEvent.ResourceRemoved(
                  program.clock.instant(),
                  new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1")));
          program.interrupt();
          assertThat(program.exits).containsExactly(3);
          assertThat(program.stderr())
              .contains(
                  """
                  wcs-ami: Stopped before the cleanup was over.
                  wcs-ami: Left behind, newest first:
                    key pair wcs-1: stopped before it could be removed
                      remove key pair wcs-1
                  All of it is removed by: wcs-ami clean --build wcs-20260304-050607-abcdef --region eu-west-1
                  """);
          assertThat(json(program).at("/leftovers/0/id").textValue()).isEqualTo("wcs-1");
          throw new IllegalStateException("A process that was ended would not get here");
        };

    program.run("build", "--region", "eu-west-1", "--output", "json");
  }

  @Test
  void handsOutAFinishedImageThoughASecondSignalStopsTheRest() {
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.ResourceCreated(
                  program.clock.instant(),
                  new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1")));
          events.accept(
              new BuildEvent.ResourceCreated(
                  program.clock.instant(),
                  new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1")));
          events.accept(
              new BuildEvent.ImageKept(program.clock.instant(), "ami-1", List.of("snap-1")));
          program.interrupt();
          program.clock.step(Duration.ofSeconds(1));
          program.interrupt();

          assertThat(program.exits).containsExactly(3);
          assertThat(program.stdout()).isEqualTo("ami-1\n");
          assertThat(program.stderr())
              .contains(
                  "The image ami-1 is finished and can be used.",
                  "instance i-1: stopped before it could be removed",
                  "wcs-ami clean --build wcs-20260304-050607-abcdef --region eu-west-1"
                      + " --endpoint-url http://127.0.0.1:1")
              .doesNotContain("remove image");
          throw new IllegalStateException("A process that was ended would not get here");
        };

    program.run("build", "--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:1");
  }

  @Test
  void takesTwoSignalsOfOneKeystrokeForOne() {
    program.parts.script =
        events -> {
          program.interrupt();
          program.clock.step(Duration.ofMillis(100));
          program.interrupt();
          return new BuildOutcome.Interrupted(
              new BuildException(Category.INTERRUPTED, "Interrupted."), List.of());
        };

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(130);
    assertThat(program.exits).isEmpty();
  }

  @Test
  void accountsForWhatABuildThatBrokeOffHasCreated() {
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.ResourceCreated(
                  program.clock.instant(),
                  new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1")));
          throw new IllegalStateException("a bug");
        };

    assertThat(program.run("build", "--region", "eu-west-1", "-q")).isEqualTo(3);

    assertThat(program.stderr())
        .isEqualTo(
            """
            wcs-ami: Internal error: a bug; this should not happen: run again with -v, and report \
            what it says.
            wcs-ami: Left behind, newest first:
              instance i-1: the build broke off
                remove instance i-1
            All of it is removed by: wcs-ami clean --build wcs-20260304-050607-abcdef --region eu-west-1
            """);
  }

  @Test
  void printsTheImageOfABuildThatBrokeOffAfterIt() {
    program.parts.script =
        events -> {
          Instant now = program.clock.instant();
          ResourceId builder = new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1");
          events.accept(new BuildEvent.ResourceCreated(now, builder));
          events.accept(new BuildEvent.ImageKept(now, "ami-1", List.of("snap-1")));
          throw new IllegalStateException("a bug");
        };

    assertThat(program.run("build", "--region", "eu-west-1", "-q")).isEqualTo(3);

    assertThat(program.stdout()).isEqualTo("ami-1\n");
    assertThat(program.stderr()).contains("a bug", "instance i-1: the build broke off");
  }

  @Test
  void tellsOnStderrOfAnImageThatNobodyReadsOnStdout() {
    program.stdoutBroken = true;

    assertThat(program.run("build", "--region", "eu-west-1", "-q")).isEqualTo(3);

    assertThat(program.stderr())
        .isEqualTo(
            "wcs-ami: stdout can't be written, so nobody was told of the image ami-0abc, which"
                + " exists and can be used.\n");
  }

  @Test
  void logsEverythingInAFolderOfItsOwnThatOnlyTheUserCanRead() throws IOException {
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.GuestOutput(program.clock.instant(), "chef-solo", "converging"));
          return new BuildOutcome.Built(Results.built(List.of()));
        };

    program.run("build", "--region", "eu-west-1", "-q");

    Path own = folder.resolve("output/wcs-20260304-050607-abcdef");
    assertThat(own.resolve("build.log"))
        .hasContent("2026-03-04T05:06:07.000Z chef-solo| converging\n");
    assertThat(own.resolve("events.jsonl")).content().contains("\"line\":\"converging\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
  }

  @Test
  void needsAFolderForWhatItRecords() throws IOException {
    Files.createFile(folder.resolve("output"));

    assertThat(program.run("build", "--region", "eu-west-1")).isEqualTo(1);

    assertThat(program.stderr())
        .startsWith("wcs-ami: The build's folder " + folder.resolve("output/wcs-"))
        .contains("can't be made");
    assertThat(program.parts.calls).doesNotContain("build");
  }

  @Test
  void redrawsOnATerminalAndLeavesCleanLines() {
    program.terminals.add(Stream.STDERR);
    program.variables.put("TERM", "xterm");
    program.variables.put("NO_COLOR", "1");
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.StageStarted(program.clock.instant(), "launch", "Launch the builder"));
          program.tick();
          assertThat(program.stderr()).isEqualTo("     0s  > Launch the builder\n");
          events.accept(
              new BuildEvent.StageFinished(
                  program.clock.instant(), "launch", "i-1", Duration.ofSeconds(3)));
          return new BuildOutcome.Built(Results.built(List.of()));
        };

    assertThat(program.run("build", "--region", "eu-west-1")).isZero();

    assertThat(program.stderr())
        .isEqualTo(
            """
                 0s  > Launch the builder
            \u001b[1A\r\u001b[J   3.0s  + Launch the builder  i-1
            Built ami-0abc (wcs-1.1.0) from Ubuntu 24.04.1 LTS in region eu-west-1 in 0.0s.
            Manifest: output/wcs-20260304-050607-abcdef/manifest.json
            """);
    assertThat(program.ticking).isEmpty();
    assertThat(program.handlers).isEmpty();
  }

  private void fail(Category category, boolean nothingCreated) {
    program.parts.script =
        events ->
            new BuildOutcome.Failed(
                new BuildException(category, "recipe[wcsprov] failed\nits log's tail"),
                nothingCreated,
                false,
                List.of());
  }

  private JsonNode json() {
    return json(program);
  }

  private static JsonNode json(CommandLineRun program) {
    try {
      return JsonMapper.builder().build().readTree(program.stdout());
    } catch (IOException e) {
      throw new AssertionError(program.stdout(), e);
    }
  }
}
