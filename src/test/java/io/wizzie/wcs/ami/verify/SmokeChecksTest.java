package io.wizzie.wcs.ami.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import io.wizzie.wcs.ami.verify.ExternalProbe.Visit;
import io.wizzie.wcs.ami.verify.SmokeResult.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks on a service of this machine, which stands for the instance. */
class SmokeChecksTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();

  private HttpServer server;
  private int port;
  private int closed;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page("/", 200, "<title>WizzVis</title>");
    page("/moved", 302, "elsewhere");
    page("/broken", 500, "no");
    server.start();
    port = server.getAddress().getPort();
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = unused.getLocalPort();
    }
  }

  private void page(String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<SmokeResult> run(SmokeCheck... checks) {
    return new SmokeChecks(ExternalProbe.real())
        .run(new HostShell(), HOST, List.of(checks), AT_ONCE);
  }

  @Test
  void whatWorksIsSeenFromInsideAndOutside() {
    List<SmokeResult> results =
        run(
            new SmokeCheck.Tcp(port),
            new SmokeCheck.Http(port, "/", null, "WizzVis"),
            new SmokeCheck.Http(port, "/moved", null, null),
            new SmokeCheck.Http(port, "/broken", 500, null),
            new SmokeCheck.Command("echo it is; true"));

    assertThat(results)
        .containsExactly(
            new SmokeResult(
                "port " + port, true, "accepts connections", Outside.PASSED, "accepts connections"),
            new SmokeResult(
                "HTTP " + port + " /", true, "status 200", Outside.PASSED, "status 200"),
            new SmokeResult(
                "HTTP " + port + " /moved", true, "status 302", Outside.PASSED, "status 302"),
            new SmokeResult(
                "HTTP " + port + " /broken", true, "status 500", Outside.PASSED, "status 500"),
            new SmokeResult(
                "command echo it is; true", true, "exits 0: it is", Outside.NOT_ASKED, ""));
    assertThat(SmokeChecks.requirePassed(results)).isSameAs(results);
  }

  @Test
  void everyCheckThatFailsIsNamedWithWhatWasSeen() {
    List<SmokeResult> results =
        run(
            new SmokeCheck.Tcp(port),
            new SmokeCheck.Tcp(closed),
            new SmokeCheck.Http(port, "/broken", null, null),
            new SmokeCheck.Http(port, "/", 204, null),
            new SmokeCheck.Http(port, "/", null, "Grafana"),
            new SmokeCheck.Unit("no-such-thing.service"),
            new SmokeCheck.Command("echo oh >&2; exit 3"));

    assertThatThrownBy(() -> SmokeChecks.requirePassed(results))
        .isInstanceOfSatisfying(
            BuildException.class, failed -> assertThat(failed.category()).isEqualTo(Category.CHECK))
        .hasMessageStartingWith("6 of 7 smoke checks failed:\n")
        .hasMessageContaining("  port " + closed + ": refuses connections\n")
        .hasMessageContaining("/broken: answers with status 500\n")
        .hasMessageContaining("HTTP " + port + " /: answers with status 200\n")
        .hasMessageContaining("serves a page without \"Grafana\"\n")
        .hasMessageContaining("unit no-such-thing.service: ")
        .hasMessageContaining("exits 3: oh");
  }

  @Test
  void waitsForAServiceThatStillStarts() {
    List<SmokeResult> results =
        new SmokeChecks(ExternalProbe.real())
            .run(
                new HostShell(),
                HOST,
                List.of(
                    new SmokeCheck.Command(
                        "test -e /dev/shm/wcs-smoke-$PPID || { : > /dev/shm/wcs-smoke-$PPID; false; }"
                            + " && rm /dev/shm/wcs-smoke-$PPID")),
                Duration.ofSeconds(20));

    assertThat(results).allMatch(SmokeResult::passed);
  }

  @Test
  void aServiceThatOnlyTheInstanceItselfReachesFails() {
    SmokeResult refused =
        new SmokeChecks((host, check) -> new Visit(Outside.FAILED, "refuses connections"))
            .run(new HostShell(), HOST, List.of(new SmokeCheck.Tcp(port)), AT_ONCE)
            .get(0);

    assertThat(refused.passed()).isFalse();
    assertThat(refused.fault()).isEqualTo("port " + port + ": from outside refuses connections");
  }

  @Test
  void whatAFirewallMayHideIsNoFault() {
    SmokeResult silent =
        new SmokeChecks((host, check) -> new Visit(Outside.NOT_REACHABLE, "not reachable"))
            .run(new HostShell(), HOST, List.of(new SmokeCheck.Tcp(port)), AT_ONCE)
            .get(0);

    assertThat(silent.passed()).isTrue();
  }

  @Test
  void theRealVisitorTellsARefusal() {
    ExternalProbe visitor = ExternalProbe.real();

    assertThat(visitor.visit(HOST, new SmokeCheck.Tcp(closed)))
        .isEqualTo(new Visit(Outside.FAILED, "refuses connections"));
    assertThat(visitor.visit(HOST, new SmokeCheck.Http(port, "/broken", null, null)).said())
        .isEqualTo("answers with status 500");
    assertThat(visitor.visit(HOST, new SmokeCheck.Http(port, "/", null, "Grafana")).outcome())
        .isEqualTo(Outside.FAILED);
    assertThat(visitor.visit("no-such-host.invalid", new SmokeCheck.Tcp(port)).outcome())
        .isEqualTo(Outside.NOT_REACHABLE);
    assertThat(visitor.visit(HOST, new SmokeCheck.Unit("a.service")).outcome())
        .isEqualTo(Outside.NOT_ASKED);
  }

  @Test
  void withoutChecksTheGuestIsNotAsked() {
    ScriptedShell shell = new ScriptedShell();

    assertThat(new SmokeChecks(ExternalProbe.real()).run(shell, HOST, List.of(), AT_ONCE))
        .isEmpty();
    assertThat(shell.commands()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoneIsTold() {
    ScriptedShell shell =
        new ScriptedShell().on("python3", 0, "Traceback", "").on("python3", 0, "[]", "");
    SmokeChecks checks = new SmokeChecks(ExternalProbe.real());
    List<SmokeCheck> one = List.of(new SmokeCheck.Tcp(1));

    assertThatThrownBy(() -> checks.run(shell, HOST, one, AT_ONCE))
        .hasMessageContaining("no JSON: Traceback");
    assertThatThrownBy(() -> checks.run(shell, HOST, one, AT_ONCE))
        .hasMessageContaining("something else: []");
  }
}
