package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortCommandTimeoutTest {
  private final List<RemoteCommand> ran = new ArrayList<>();
  private final RemoteShell shell =
      new ShortCommandTimeout(
          new RemoteShell() {
            @Override
            public CommandResult run(RemoteCommand command) {
              ran.add(command);
              return new CommandResult(0, "", "");
            }

            @Override
            public void close() {}
          },
          Duration.ofSeconds(7));

  @Test
  void aBriefCommandMayTakeAsLongAsIsConfigured() {
    shell.run(RemoteCommand.brief("true").withStdin(stdin -> {}).withOnLine(line -> {}));
    shell.runOnce(RemoteCommand.brief("true"));

    assertThat(ran)
        .allSatisfy(
            command -> {
              assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(7));
              assertThat(command.field()).isEqualTo("timeouts.guestCommand");
            });
    assertThat(ran.get(0).stdin()).isNotNull();
  }

  @Test
  void anotherKeepsItsOwnTime() {
    shell.run(RemoteCommand.of("true", Duration.ofHours(1), "provision.timeout"));

    assertThat(ran)
        .singleElement()
        .extracting(RemoteCommand::timeout)
        .isEqualTo(Duration.ofHours(1));
  }
}
