package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.cli.report.LocalStatus;
import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.Policy.Decision;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandsTest {
  private final CommandLineRun program = new CommandLineRun(Path.of("/work-folder"));

  @Test
  void upPreparesTheBaseImageAndPrintsItsReference() {
    assertThat(program.run("local", "up", "--state-dir", "/state")).isZero();

    assertThat(program.parts.calls).containsExactly("prepare null in /state");
    assertThat(program.stdout()).isEqualTo("localhost/wcs-ami/base:1\n");
    assertThat(program.stderr())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z base-image: Prepare the base image
            2026-03-04T05:06:07Z base-image: running mmdebstrap
            2026-03-04T05:06:07Z base-image: done in 0.0s: localhost/wcs-ami/base:1
            """);
  }

  @Test
  void upRebuildsOrTakesTheUsersOwnImage() {
    program.run("local", "up", "--state-dir=/state", "--rebuild", "--image", "my/debian:12", "-q");

    assertThat(program.parts.calls).containsExactly("prepare my/debian:12 anew in /state");
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void serveServesUntilItIsInterrupted() {
    program.parts.local.opened = program::interrupt;

    assertThat(program.run("local", "serve", "--state-dir", "/state", "--port", "4566")).isZero();

    assertThat(program.parts.calls).containsExactly("open /state on 4566", "close");
    assertThat(program.stdout()).isEqualTo("http://127.0.0.1:4566\n");
    assertThat(program.stderr())
        .endsWith(
            """
            Serving until Ctrl-C. In another terminal, for instance:
              eval "$(wcs-ami local env --state-dir /state)"
              aws ec2 describe-images --endpoint-url http://127.0.0.1:4566
            """);
    assertThat(program.stderr()).doesNotContain("shh");
  }

  @Test
  void envIsForAShellToEval() {
    assertThat(program.run("local", "env", "--state-dir", "/state")).isZero();

    assertThat(program.parts.calls).containsExactly("served /state");
    assertThat(program.stdout())
        .isEqualTo(
            """
            export AWS_ACCESS_KEY_ID=WCSLOCALABC
            export AWS_SECRET_ACCESS_KEY=shh
            unset AWS_SESSION_TOKEN
            export AWS_REGION=local
            export AWS_DEFAULT_REGION=local
            export AWS_ENDPOINT_URL_EC2=http://127.0.0.1:4566
            """);
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void serveAllowsWhatThePolicySays(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("more.json"),
        """
        {"Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}
        """);
    CommandLineRun here = new CommandLineRun(folder);
    here.parts.local.opened = here::interrupt;

    assertThat(here.run("local", "serve", "-q")).isZero();
    assertThat(here.parts.local.served.on("StartInstances")).isEqualTo(Decision.NOT_ALLOWED);

    assertThat(here.run("local", "serve", "-q", "--policy", "more.json")).isZero();
    assertThat(here.parts.local.served.on("StartInstances")).isEqualTo(Decision.ALLOWED);

    assertThat(here.run("local", "serve", "-q", "--policy", "none")).isZero();
    assertThat(here.parts.local.served.on("StartInstances")).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void serveRefusesWhatIsNoPolicyBeforeItOpensAnything(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("bad.json"), "{\"Statement\": {\"Effect\": \"Maybe\"}}");
    CommandLineRun here = new CommandLineRun(folder);

    assertThat(here.run("local", "serve", "--policy", "bad.json")).isEqualTo(2);

    assertThat(here.stdout()).isEmpty();
    assertThat(here.stderr())
        .isEqualTo(
            "wcs-ami: The policy "
                + folder.resolve("bad.json")
                + " has a statement 1 whose Effect is neither Allow nor Deny.\n");
    assertThat(here.parts.calls).isEmpty();
  }

  @Test
  void aScenarioIsSetShownAndCleared(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("mine.json"), "// Slow.\n{\"description\": \"slow\"}\n");
    CommandLineRun here = new CommandLineRun(folder);

    assertThat(here.run("local", "scenario", "show", "--state-dir", "state")).isZero();
    assertThat(here.stdout()).isEmpty();
    assertThat(here.stderr()).isEqualTo("No scenario is in force.\n");

    assertThat(here.run("local", "scenario", "set", "mine.json", "--state-dir", "state")).isZero();
    assertThat(here.run("local", "scenario", "show", "--state-dir", "state")).isZero();
    assertThat(here.stdout()).isEqualTo("// Slow.\n{\"description\": \"slow\"}\n");

    here.out.reset();
    assertThat(here.run("local", "scenario", "clear", "--state-dir", "state")).isZero();
    assertThat(here.run("local", "scenario", "show", "-q", "--state-dir", "state")).isZero();
    assertThat(here.stdout()).isEmpty();
  }

  @Test
  void aScenarioThatIsWrongIsNotSet(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("bad.json"), "{\"seeds\": 1, \"seed\": -1}");
    CommandLineRun here = new CommandLineRun(folder);

    assertThat(here.run("local", "scenario", "set", "bad.json", "--state-dir", "state"))
        .isEqualTo(2);

    assertThat(here.stderr())
        .startsWith("wcs-ami: The scenario " + folder.resolve("bad.json") + " is wrong:\n")
        .contains("seeds is unknown", "seed must be a whole number");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void serveKeepsItsScenarioInForceUntilItEnds(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("mine.json"), "{\"description\": \"slow\"}");
    CommandLineRun here = new CommandLineRun(folder);
    ScenarioBook book = new ScenarioBook(folder.resolve("state"), here.clock);
    List<Optional<String>> inForce = new ArrayList<>();
    here.parts.local.opened =
        () -> {
          inForce.add(book.summary());
          here.interrupt();
        };

    assertThat(here.run("local", "serve", "--scenario", "mine.json", "--state-dir", "state"))
        .isZero();

    assertThat(inForce).containsExactly(Optional.of("slow"));
    assertThat(book.text()).isEmpty();
  }

  @Test
  void theLogIsPrinted(@TempDir Path folder) throws IOException {
    writeLog(folder, "DescribeImages", "RunInstances");
    CommandLineRun here = new CommandLineRun(folder);

    assertThat(here.run("local", "log", "--state-dir", ".")).isZero();
    assertThat(here.stdout())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z local DescribeImages OK 3 ms ImageId.1=ami-1 Owner.1=self
            2026-03-04T05:06:07Z local RunInstances OK 3 ms ImageId.1=ami-1 Owner.1=self
            """);
    assertThat(here.stderr()).isEmpty();

    here.out.reset();
    assertThat(here.run("local", "log", "--state-dir", ".", "-n1", "--output=json")).isZero();
    assertThat(here.stdout())
        .startsWith("{\"time\":")
        .contains("\"RunInstances\"")
        .doesNotContain("DescribeImages");
  }

  @Test
  void aLogThatIsNotThereIsEmpty(@TempDir Path folder) {
    CommandLineRun here = new CommandLineRun(folder);

    assertThat(here.run("local", "log", "--state-dir", "state")).isZero();

    assertThat(here.stdout()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theLogIsFollowedUntilAnInterrupt(@TempDir Path folder) throws Exception {
    writeLog(folder, "DescribeImages");
    CommandLineRun here = new CommandLineRun(folder);
    Thread user =
        new Thread(
            () -> {
              await(here, "DescribeImages");
              appendLog(folder, "RunInstances");
              await(here, "RunInstances");
              here.interrupt();
            });
    user.start();

    assertThat(here.run("local", "log", "--follow", "--state-dir", ".")).isZero();

    user.join();
    assertThat(here.stdout()).hasLineCount(2);
  }

  private static void await(CommandLineRun program, String text) {
    while (!program.stdout().contains(text)) {
      Thread.onSpinWait();
    }
  }

  private static void writeLog(Path stateFolder, String... actions) throws IOException {
    Files.createDirectories(stateFolder.resolve("log"));
    Files.createFile(stateFolder.resolve("log/actions.jsonl"));
    for (String action : actions) {
      appendLog(stateFolder, action);
    }
  }

  private static void appendLog(Path stateFolder, String action) {
    try {
      Files.writeString(
          stateFolder.resolve("log/actions.jsonl"),
          "{\"time\":\"2026-03-04T05:06:07Z\",\"region\":\"local\",\"action\":\""
              + action
              + "\",\"code\":\"OK\",\"status\":200,\"parameters\":{\"ImageId.1\":\"ami-1\","
              + "\"Owner.1\":\"self\"},\"requestId\":\"r\",\"millis\":3}\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void serveEndsWhenNobodyCanReadTheUrl() {
    program.stdoutBroken = true;

    assertThat(program.run("local", "serve", "-q")).isEqualTo(1);

    assertThat(program.stderr()).isEqualTo("wcs-ami: stdout can't be written.\n");
    assertThat(program.parts.calls).endsWith("close");
  }

  @Test
  void downPrintsTheIdsOfWhatItStopped() {
    program.parts.local.running = List.of("i-1", "i-2");
    assertThat(program.run("local", "down")).isZero();
    assertThat(program.stdout()).isEqualTo("i-1\ni-2\n");

    program.out.reset();
    program.err.reset();
    program.parts.local.running = List.of();
    assertThat(program.run("local", "down")).isZero();
    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z down: Stop the instances
            2026-03-04T05:06:07Z down: done in 0.0s
            No instance was running.
            """);
  }

  @Test
  void statusShowsWhatThereIs() {
    Instant created = Instant.parse("2026-03-04T05:00:00Z");
    program.parts.local.status =
        new LocalStatus(
            Path.of("/state"),
            null,
            new BaseImage(
                "localhost/wcs-ami/base:1", "wcs-ami-local/x", created, 383_000_000, "x86_64"),
            "no capacity",
            List.of(
                new RegionStatus.Region(
                    "local",
                    List.of(
                        new RegionStatus.Image("ami-1", "wcs", "available", created, 734_003_200)),
                    List.of(
                        new RegionStatus.Instance(
                            "i-1",
                            "wcs-b1",
                            "ami-1",
                            "running",
                            "10.88.0.2",
                            created,
                            null,
                            12_345_678),
                        new RegionStatus.Instance(
                            "i-2", null, "ami-1", "terminated", null, created, null, 0),
                        new RegionStatus.Instance(
                            "i-3", null, "ami-1", "stopped", null, created, null, 0)),
                    List.of())));

    assertThat(program.run("local", "status")).isZero();

    assertThat(program.stderr()).isEmpty();
    assertThat(program.stdout())
        .isEqualTo(
            """
            State:       /state
            Base image:  localhost/wcs-ami/base:1 (383 MB)
            Scenario:    no capacity

            REGION  INSTANCE  STATE    SIZE   ADDRESS    IMAGE  NAME
            local   i-1       running  12 MB  10.88.0.2  ami-1  wcs-b1
            local   i-3       stopped  0 MB   -          ami-1

            REGION  IMAGE  STATE      SIZE    CREATED               NAME
            local   ami-1  available  734 MB  2026-03-04T05:00:00Z  wcs

            In all: images 1, snapshots 0.
            """);
  }

  @Test
  void statusOfAnEmptyRegionSaysWhatToDo() {
    assertThat(program.run("local", "status", "--state-dir", "/state")).isZero();

    assertThat(program.stdout())
        .isEqualTo(
            """
            State:       /state
            Base image:  not made yet; made by: wcs-ami local up --state-dir /state

            No instances.

            No images.
            """);
  }

  @Test
  void statusSaysWhyItCanNotLook() {
    program.parts.local.status =
        new LocalStatus(Path.of("/state"), "Install podman.", null, null, List.of());

    assertThat(program.run("local", "status")).isZero();

    assertThat(program.stdout()).isEqualTo("State:       /state\nProblem:     Install podman.\n");
  }

  @Test
  void pruneRemovesImagesThatAreOldInEveryRespect() {
    program.parts.local.images =
        List.of(
            image("ami-1", "available", 30),
            image("ami-2", "available", 20),
            image("ami-3", "failed", 10),
            image("ami-4", "available", 1),
            image("ami-5", "pending", 40));

    assertThat(pruned("--keep", "1")).isEqualTo("ami-3\nami-2\nami-1\n");
    assertThat(pruned("--older-than", "15d")).isEqualTo("ami-2\nami-1\n");
    assertThat(pruned("--older-than", "5d", "--keep", "2")).isEqualTo("ami-2\nami-1\n");
    assertThat(pruned("--keep", "9")).isEmpty();
    assertThat(program.stderr()).endsWith("No image was old enough.\n");
  }

  private String pruned(String... options) {
    program.out.reset();
    assertThat(
            program.run(
                Stream.concat(Stream.of("local", "prune"), Stream.of(options))
                    .toArray(String[]::new)))
        .isZero();
    return program.stdout();
  }

  private RegionStatus.Image image(String id, String state, int daysOld) {
    Instant created = program.clock.instant().minus(Duration.ofDays(daysOld));
    return new RegionStatus.Image(id, "n-" + id, state, created, 1);
  }

  @Test
  void exportWritesAnImageAndPrintsTheFile(@TempDir Path folder) {
    CommandLineRun here = new CommandLineRun(folder);

    assertThat(here.run("export", "ami-1", "--output=x.tar", "--state-dir=/s")).isZero();

    assertThat(here.stdout()).isEqualTo(folder.resolve("x.tar") + "\n");
    assertThat(here.parts.calls)
        .containsExactly(
            "export ImageExport[image=ami-1, target=" + folder.resolve("x.tar") + "] of /s");
  }

  @Test
  void resetSaysWhatItRemoved() {
    program.parts.local.removable = List.of("instance i-1", "image ami-1");
    assertThat(program.run("local", "reset")).isZero();
    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr()).endsWith("Removed instance i-1\nRemoved image ami-1\n");

    program.err.reset();
    program.parts.local.removable = List.of();
    assertThat(program.run("local", "reset")).isZero();
    assertThat(program.stderr()).endsWith("There was nothing to remove.\n");
  }
}
