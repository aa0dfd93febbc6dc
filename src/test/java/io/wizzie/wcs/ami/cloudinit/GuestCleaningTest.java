package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import io.wizzie.wcs.ami.ssh.ConnectionLostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestCleaningTest {
  private final List<BuildEvent> events = new ArrayList<>();
  private final ScriptedShell shell = new ScriptedShell();

  @Test
  void returnsWhatWasFoundAndRemovedAndClosesTheShell() {
    shell
        .on("check", 0, "found temp 1: /tmp/x\nwarning: the account ann has a password\n", "")
        .on("start", 0, "removed temp 1: /tmp/x\nclean ended with 0\n", "");

    assertThat(clean())
        .containsExactly(
            "found temp 1: /tmp/x",
            "warning: the account ann has a password",
            "removed temp 1: /tmp/x",
            "clean ended with 0");
    assertThat(events)
        .contains(
            new BuildEvent.Warning(Instant.EPOCH, "the account ann has a password"),
            new BuildEvent.GuestOutput(Instant.EPOCH, "clean", "removed temp 1: /tmp/x"));
    assertThat(shell.isClosed()).isTrue();
  }

  @Test
  void failsWhenSomethingIsStillThere() {
    shell.on("start", 1, "still there: host_keys 1: /etc/ssh/ssh_host_rsa_key\n", "");

    assertThatThrownBy(this::clean).hasMessageContaining("still there: host_keys");
    assertThat(shell.isClosed()).isTrue();
  }

  @Test
  void failsWhenTheConnectionIsLostBecauseNobodyCanKnow() {
    shell.on(
        "start",
        command -> {
          throw new ConnectionLostException("lost", null);
        });

    assertThatThrownBy(this::clean)
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> assertThat(e.category()).isEqualTo(BuildException.Category.ACCESS))
        .hasMessageContaining("build again");
    assertThat(shell.isClosed()).isTrue();
  }

  private List<String> clean() {
    return new GuestCleaning(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), events::add)
        .run(shell, Duration.ofMinutes(5));
  }
}
