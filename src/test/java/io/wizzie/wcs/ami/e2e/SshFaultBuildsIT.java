package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.e2e.FaultyLine.Strike;
import io.wizzie.wcs.ami.ssh.FaultProxy.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builds whose line to the builder fails once: in every step over SSH, dropped, stalled or with
 * garbage in it. Only where nobody can know what became of the guest may the build fail.
 *
 * <p>{@code make test} runs a sample, {@code make soak} everything. Both write what came of it to
 * {@code target/ssh-fault-builds.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
class SshFaultBuildsIT {
  private static final boolean EVERYTHING = Boolean.getBoolean("wcs-ami.soak");
  private static final JsonMapper JSON = new JsonMapper();
  private static final Matrix MATRIX =
      new Matrix("Builds whose line to the builder fails", Path.of("target/ssh-fault-builds.md"));
  private static final Pattern CREATED = Pattern.compile("created instance (i-[0-9a-f]+)");

  /** What the recipe {@code trial::counts} counts. */
  private static final List<String> COUNTED =
      IntStream.rangeClosed(1, 40).mapToObj(i -> "counted " + i + " of 40").toList();

  /** Where in a build the line fails. */
  enum Moment {
    KEY_EXCHANGE("connect", null, false, 200),
    LOGIN("connect", null, true, 1700),
    READY("ready", null, false, 100),
    CHEF("chef", null, false, 100),
    UPLOAD("converge", null, true, 1500),
    /** Chef-solo is running, but nobody was told. */
    START_ANSWER("converge", null, false, 660),
    CHEF_RUNS("converge", "counted 3 of 40\"", false, 100),
    HOOK("hook", null, true, 1),
    HOOK_ANSWER("hook", null, false, 100),
    AUDIT("audit", null, false, 100),
    INVENTORY("inventory", null, false, 100),
    CLEAN("clean", null, true, 1),
    /** The keys are about to go, so that nobody can come back and look. */
    CLEANING("clean", "\"source\":\"clean\",\"line\":\"removed ", false, 1),
    FIRST_BOOT("verify-boot", null, false, 1),
    LAUNCHED_AUDIT("verify-audit", null, false, 1);

    private final String stage;
    private final @Nullable String event;
    private final boolean towardsServer;
    private final long afterBytes;

    /**
     * @param event from which on bytes count; null for the stage's beginning
     */
    Moment(String stage, @Nullable String event, boolean towardsServer, long afterBytes) {
      this.stage = stage;
      this.event = event;
      this.towardsServer = towardsServer;
      this.afterBytes = afterBytes;
    }

    boolean isVerification() {
      return stage.startsWith("verify-");
    }
  }

  /** One build of the matrix. */
  record Case(Moment moment, Fault fault) {
    Strike strike() {
      return moment.event == null
          ? Strike.inStage(moment.stage, fault, moment.towardsServer, moment.afterBytes)
          : new Strike(fault, moment.event, moment.towardsServer, moment.afterBytes);
    }

    Ends rightEnds() {
      return moment == Moment.CLEANING ? Ends.BUILT_OR_CLEAN : Ends.BUILT;
    }

    String[] arguments() {
      List<String> all = new ArrayList<>(List.of("--verbose"));
      all.addAll(List.of("--set", "ssh.port=" + FaultyLine.PORT));
      all.addAll(List.of("--set", "provision.runList=[\"trial\", \"trial::counts\"]"));
      if (moment.isVerification()) {
        all.add("--verify");
      }
      return all.toArray(String[]::new);
    }

    @Override
    public String toString() {
      return moment.stage
          + ": "
          + (moment + " " + fault).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static Stream<Case> cases() {
    if (!EVERYTHING) {
      return Stream.of(new Case(Moment.CHEF_RUNS, Fault.DROP), new Case(Moment.AUDIT, Fault.DROP));
    }
    return Stream.of(Moment.values())
        .flatMap(moment -> Stream.of(Fault.values()).map(fault -> new Case(moment, fault)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWellOrSaysWhy(Case one) {
    try (Workplace workplace = Workplace.open()) {
      List<String> wrong = new ArrayList<>();
      Ended ended = build(workplace, one, wrong);
      if (ended.exitCode() == 0) {
        wrong.addAll(FinishedImage.problems(ended.stdout().strip()));
        if (!counted(workplace).equals(COUNTED)) {
          wrong.add("lines of chef-solo were lost or doubled: " + counted(workplace));
        }
      }
      MATRIX.judge(new Matrix.Case(one.toString(), ended, one.rightEnds(), wrong), workplace);
    }
  }

  private static Ended build(Workplace workplace, Case one, List<String> wrong) {
    List<FaultyLine> lines = new ArrayList<>();
    try (Running build = workplace.start(Workplace.trial(one.arguments()))) {
      try {
        open(lines, build, workplace, one);
      } catch (AssertionError noLine) {
        wrong.add(firstLine(noLine));
      }
      Ended ended = build.await();
      wrong.addAll(problems(lines, workplace, one));
      return ended;
    } finally {
      lines.forEach(FaultyLine::close);
    }
  }

  /** Opens a line into each instance that the build launches; one of them fails. */
  private static void open(List<FaultyLine> lines, Running build, Workplace workplace, Case one) {
    List<String> instances = new ArrayList<>();
    // The builder; with --verify, then the plain one and the one with user data.
    int failing = one.moment.isVerification() ? 1 : 0;
    int count = one.moment.isVerification() ? 3 : 1;
    for (int i = 0; i < count; i++) {
      String instance = awaitInstance(build, instances);
      instances.add(instance);
      lines.add(
          FaultyLine.into(instance, build, events(workplace), i == failing ? one.strike() : null));
    }
  }

  private static String awaitInstance(Running build, List<String> known) {
    String line =
        build.awaitMessage(
            message -> {
              Matcher created = CREATED.matcher(message);
              return created.find() && !known.contains(created.group(1));
            },
            "instance besides " + known);
    Matcher created = CREATED.matcher(line);
    assertThat(created.find()).isTrue();
    return created.group(1);
  }

  /** Whether the fault struck, and where it was meant to. */
  private static List<String> problems(List<FaultyLine> lines, Workplace workplace, Case one) {
    List<String> problems = new ArrayList<>();
    lines.stream().map(FaultyLine::problem).filter(said -> !said.isEmpty()).forEach(problems::add);
    Optional<Instant> struck = lines.stream().flatMap(line -> line.struck().stream()).findFirst();
    if (struck.isEmpty()) {
      problems.add("the fault never struck");
      return problems;
    }
    for (JsonNode event : allEvents(workplace)) {
      boolean before =
          event.path("event").asText().equals("stage-finished")
              && event.path("stage").asText().equals(one.moment.stage)
              && Instant.parse(event.path("at").asText()).isBefore(struck.get());
      if (before) {
        problems.add("the fault struck after the stage " + one.moment.stage);
      }
    }
    return problems;
  }

  private static List<String> counted(Workplace workplace) {
    return allEvents(workplace).stream()
        .map(event -> event.path("line").asText().replace("[execute]", "").strip())
        .filter(line -> line.startsWith("counted "))
        .toList();
  }

  private static List<JsonNode> allEvents(Workplace workplace) {
    List<JsonNode> events = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(events(workplace))) {
        events.add(JSON.readTree(line));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path events(Workplace workplace) {
    return workplace.buildFolder().resolve("events.jsonl");
  }

  private static String firstLine(AssertionError error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
