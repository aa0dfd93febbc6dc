package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.journal.JournalReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builds that are stopped while they wait: at each stage that does, and by the terminal's end. The
 * late stages only with {@code -Dwcs-ami.soak=true}.
 */
class StoppedStagesIT extends WorkplaceCase {
  private static final String PENDING_INSTANCE = delay("instance", "pending");

  private static String delay(String thing, String state) {
    return "{\"delays\": {\"%s\": {\"%s\": \"10m\"}}}".formatted(thing, state);
  }

  /** A signal, what makes the stage wait, what tells that it does, and options. */
  static Stream<Arguments> stages() {
    Stream<Arguments> quick =
        Stream.of(
            Arguments.of("TERM", PENDING_INSTANCE, "launch: i-", List.of()),
            // Nobody listens there.
            Arguments.of("HUP", "{}", "connect: Connecting to", List.of("--set", "ssh.port=2222")));
    Stream<Arguments> late =
        Stream.of(
            Arguments.of("INT", delay("instance", "stopping"), "stop: i-", List.of()),
            Arguments.of("TERM", delay("image", "pending"), "image: ami-", List.of()),
            Arguments.of("HUP", "{}", "verify-boot: Wait for", List.of("--verify")));
    return Boolean.getBoolean("wcs-ami.soak") ? Stream.concat(quick, late) : quick;
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aSignalEndsAStageThatWaitsAndRemovesEverything(
      String signal, String scenario, String waiting, List<String> options) {
    workplace.stage(scenario);
    try (Running build = workplace.start(Workplace.trial(options.toArray(String[]::new)))) {
      build.awaitMessage(waiting);
      build.signal(signal);

      Ended ended = build.await().requireFailed(130);
      assertThat(ended.stderr())
          .contains("Interrupted; cleaning up.", "Everything that the build created was removed.")
          .doesNotContain("Internal error");
    }
    requireNothingLeft();
  }

  @Test
  void aTerminalThatIsLostEndsTheBuildAndRemovesEverything() {
    workplace.stage(PENDING_INSTANCE);
    // The terminal goes with the program that keeps it, as when a connection breaks; what is
    // written to it from then on fails. A shell between the two might have hangups ignored.
    Ended ended =
        workplace.shell(
            """
            script -qfc "exec $WCS_AMI build --region local --config '%s'" typescript > /dev/null 2>&1 &
            until cat output/*/journal.jsonl 2> /dev/null | grep -q '"id":"i-'; do
              kill -0 $! || exit 1
              sleep 0.1
            done
            kill -KILL $!
            for _ in $(seq 4200); do
              grep -qs '"what":"finished"' output/*/journal.jsonl && exit
              sleep 0.1
            done
            exit 2
            """
                .formatted(Workplace.TRIAL));

    ended.requireSuccess();
    assertThat(JournalReader.read(workplace.buildFolder()).outcome()).isEqualTo("interrupted");
    requireNothingLeft();
  }

  @Test
  void aFullDiskEndsTheBuildBeforeAnythingIsCreated() {
    // Room for both logs' first pages, and none for the journal's.
    Ended ended =
        workplace.shell(
            """
            mkdir output && mount -t tmpfs -o size=8k,mode=700 wcs-ami-full output || exit 99
            trap 'umount output' EXIT
            $WCS_AMI build --region local --config '%s'
            """
                .formatted(Workplace.TRIAL));

    assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(1);
    assertThat(ended.stderr())
        .contains("can't be written: No space left on device")
        .doesNotContain("access:", "launch:", "Internal error");
    requireNothingLeft();
  }

  @Test
  void aReadOnlyOutputFolderEndsTheBuildBeforeAnythingIsCreated() {
    Ended ended =
        workplace.shell(
            """
            mkdir output && mount -t tmpfs -o ro,size=64k wcs-ami-read-only output || exit 99
            trap 'umount output' EXIT
            $WCS_AMI build --region local --config '%s'
            """
                .formatted(Workplace.TRIAL));

    assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(1);
    assertThat(ended.stderr()).contains("Read-only file system", "a folder that you may write to");
  }
}
