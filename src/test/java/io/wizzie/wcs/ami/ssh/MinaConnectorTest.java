package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MinaConnectorTest {
  private static final ConnectPolicy POLICY =
      new ConnectPolicy(
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1));

  private final TestTime time = new TestTime();
  private final List<String> progress = new ArrayList<>();

  @Test
  void logsInWithoutAPauseWhenTheServerIsReady() throws Exception {
    try (TestServer server = TestServer.started();
        RemoteShell shell = connect(server.target(), "1m")) {
      assertThat(shell.run(RemoteCommand.of("exit 0", Duration.ofSeconds(10))).succeeded())
          .isTrue();
    }
    assertThat(time.slept()).isEmpty();
    assertThat(progress).isEmpty();
  }

  @Test
  void saysThatTheConnectionWasRefused() throws Exception {
    SshTarget target = target(unusedPort());
    BuildException e = failure(target, "10s");
    assertThat(e.category()).isEqualTo(Category.ACCESS);
    assertThat(e)
        .hasMessageStartingWith(
            "Could not log in to admin@127.0.0.1 port %d within 10s: connection refused, 21 times in the last 10s.\nCheck that sshd is started",
            target.port());
    assertThat(time.slept()).hasSize(20).containsOnly(Duration.ofMillis(500));
    assertThat(progress)
        .containsExactly("admin@127.0.0.1 port " + target.port() + ": connection refused");
  }

  @Test
  void keepsTryingUntilTheServerIsThere() throws Exception {
    int port = unusedPort();
    try (TestServer server = new TestServer(TestServer.HOST)) {
      AtomicInteger pauses = new AtomicInteger();
      time.whileAsleep(
          duration -> {
            if (pauses.incrementAndGet() == 3) {
              startAt(server, port);
            }
          });
      connect(target(port), "1m").close();
    }
    assertThat(time.slept()).hasSize(3);
    assertThat(progress).singleElement().asString().endsWith("connection refused");
  }

  @Test
  void takesAnyHostKeyOnFirstContactAndTellsIt() throws Exception {
    try (TestServer server = new TestServer(TestServer.HOST)) {
      SshTarget unknown =
          new SshTarget("127.0.0.1", server.start(0).target().port(), "admin", null);
      try (RemoteShell shell = connect(unknown, "10s")) {
        assertThat(shell.hostKey()).isNotNull();
        assertThat(SshKeys.fingerprint(shell.hostKey()))
            .isEqualTo(SshKeys.fingerprint(TestServer.HOST.getPublic()));
      }
    }
  }

  @Test
  void saysThatNothingAnswered() throws Exception {
    // A full backlog: the kernel drops what comes on top, as a security group does.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Sockets fillers = Sockets.fillBacklogOf(full)) {
      assertThat(fillers.count()).isPositive();
      BuildException e = failure(target(full.getLocalPort()), "1s");
      assertThat(e)
          .hasMessageContaining("timed out: no answer at all, 3 times")
          .hasMessageContaining("builder.sourceCidrs")
          .hasMessageContaining("ssh.address");
    }
  }

  @Test
  void saysThatTheServerIsSilent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      BuildException e = failure(target(silent.getLocalPort()), "0s");
      assertThat(e)
          .hasMessageContaining("still booting")
          .hasMessageContaining("fell silent for 1s before it identified itself");
    }
  }

  @Test
  void saysThatTheServerClosesAtOnce() throws Exception {
    try (LineServer server = new LineServer("Not allowed at this time\r\n")) {
      BuildException e = failure(target(server.port()), "1s");
      assertThat(e)
          .hasMessageContaining("still booting")
          .hasMessageContaining("closed the connection before it identified itself")
          .hasMessageContaining("saying \"Not allowed at this time\"")
          .hasMessageContaining("3 times");
    }
  }

  @Test
  void saysInOneLineThatSomethingElseListensThere() throws Exception {
    try (LineServer server =
        new LineServer("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n<html></html>\r\n")) {
      BuildException e = failure(target(server.port()), "5m");
      assertThat(String.valueOf(e.getMessage()).lines().toList().get(0))
          .contains("not an SSH server (it answered \"HTTP/1.1 400 Bad Request Server: nginx");
      assertThat(e).hasMessageContaining("Check ssh.port");
    }
    // Not for all of five minutes: the grace is for a guest that is still being set up.
    assertThat(time.slept()).hasSizeBetween(2, 5);
  }

  @Test
  void boundsTheGarbageThatItReadsForAnIdentification() throws Exception {
    try (LineServer server = new LineServer("\u0001garbage ".repeat(1 << 17))) {
      BuildException e = failure(target(server.port()), "0s");
      assertThat(e).hasMessageContaining("not an SSH server");
      assertThat(String.valueOf(e.getMessage()).length()).isLessThan(1500);
    }
  }

  @Test
  void givesUpOnAServerThatTrickles() throws Exception {
    try (TestServer server = TestServer.started();
        Trickle trickle = new Trickle(server.target().port())) {
      assertThat(failure(target(trickle.port()), "0s"))
          .hasMessageContaining("fell silent for 1s before it identified itself");
    }
  }

  @Test
  void saysThatTheServerClosesInTheKeyExchange() throws Exception {
    try (LineServer server = new LineServer("SSH-2.0-OpenSSH_9.6\r\n")) {
      assertThat(failure(target(server.port()), "0s"))
          .hasMessageContaining("closed the connection during the key exchange");
    }
  }

  @Test
  void saysWhatPamNologinSays() throws Exception {
    String nologin = "System is booting up. Unprivileged users are not permitted to log in yet.";
    try (TestServer server = new TestServer(TestServer.HOST)) {
      server
          .with(sshd -> CoreModuleProperties.WELCOME_BANNER.set(sshd, nologin + "\n"))
          .with(
              sshd ->
                  sshd.setPublickeyAuthenticator(
                      (user, key, session) -> {
                        session.close(true);
                        return false;
                      }))
          .start(0);
      assertThat(failure(server.target(), "1s"))
          .hasMessageContaining("still booting")
          .hasMessageContaining("during the login, saying \"" + nologin + "\"");
    }
  }

  @Test
  void refusesAWrongHostKeyAtOnce() throws Exception {
    var other = SshKeys.generateEd25519();
    try (TestServer server = new TestServer(other).start(0)) {
      BuildException e = failure(server.target(), "5m");
      assertThat(e.category()).isEqualTo(Category.ACCESS);
      assertThat(e)
          .hasMessageContaining("wrong host key")
          .hasMessageContaining(
              "expected %s (ssh-ed25519), presented %s (ssh-ed25519)",
              SshKeys.fingerprint(TestServer.HOST.getPublic()),
              SshKeys.fingerprint(other.getPublic()));
    }
    assertThat(time.slept()).isEmpty();
  }

  @Test
  void refusesAServerThatHasNoHostKeyOfThePinnedType() throws Exception {
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    try (TestServer server = new TestServer(rsa).start(0)) {
      assertThat(failure(server.target(), "5m"))
          .hasMessageContaining("wrong host key")
          .hasMessageContaining(SshKeys.fingerprint(TestServer.HOST.getPublic()))
          .hasMessageContaining("the server has only rsa-sha2-512");
    }
    assertThat(time.slept()).isEmpty();
  }

  @Test
  void saysThatThereIsNoCommonAlgorithm() throws Exception {
    try (TestServer server = new TestServer(TestServer.HOST)) {
      server.with(sshd -> sshd.setCipherFactories(List.of(BuiltinCiphers.aes256cbc))).start(0);
      assertThat(failure(server.target(), "5m"))
          .hasMessageContaining("no common algorithm")
          .hasMessageContaining("aes256-cbc");
    }
    assertThat(time.slept()).isEmpty();
  }

  @Test
  void acceptsAPinnedRsaKey() throws Exception {
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    try (TestServer server = new TestServer(rsa).start(0)) {
      SshTarget target =
          new SshTarget("127.0.0.1", server.target().port(), "admin", rsa.getPublic());
      connect(target, "0s").close();
    }
  }

  @Test
  void givesUpOnARejectedKeyAfterTheGrace() throws Exception {
    var stranger = SshKeys.generateEd25519();
    try (TestServer server = TestServer.started()) {
      BuildException e =
          catchThrowableOfType(
              BuildException.class,
              () -> connect(server.target(), TestServer.identity(stranger), "10m"));
      assertThat(e)
          .hasMessageContaining("within 20s: key rejected")
          .hasMessageContaining(
              "user admin with the key " + SshKeys.fingerprint(stranger.getPublic()))
          .hasMessageContaining("ssh.user: ubuntu on Ubuntu")
          .hasMessageEndingWith("timeouts.rejection says how long it is tried.");
    }
    assertThat(time.slept()).hasSize(4).containsOnly(Duration.ofSeconds(5));
  }

  @Test
  void waitsForCloudInitToCreateTheUser() throws Exception {
    AtomicInteger rejections = new AtomicInteger();
    try (TestServer server = new TestServer(TestServer.HOST)) {
      server
          .with(
              sshd ->
                  sshd.setPublickeyAuthenticator(
                      (user, key, session) -> rejections.incrementAndGet() > 2))
          .start(0);
      connect(server.target(), "1m").close();
    }
    assertThat(progress).singleElement().asString().contains("key rejected");
  }

  @Test
  void saysWhatTheServerTellsAUserWhoMayNotLogIn() throws Exception {
    String told = "Please login as the user \"ubuntu\" rather than the user \"root\".";
    try (TestServer server = TestServer.started()) {
      server.program(
          "exit 0",
          (in, out, err) -> {
            out.write((told + "\n").getBytes(StandardCharsets.UTF_8));
            return 142;
          });
      assertThat(failure(server.target(), "1m"))
          .hasMessageContaining("the login is accepted but runs no commands")
          .hasMessageContaining(told);
    }
  }

  @Test
  void tellsTheEarlierPhasesToo() throws Exception {
    int port = unusedPort();
    List<ServerSocket> silent = new ArrayList<>();
    time.whileAsleep(
        duration -> {
          if (time.slept().size() == 4) {
            silent.add(listen(port));
          }
        });
    try {
      assertThat(failure(target(port), "3s"))
          .hasMessageContaining("within 3s: still booting")
          .hasMessageContaining("3 times in the last 1s.")
          .hasMessageContaining("\nBefore that: connection refused for 2s.\nCheck");
      assertThat(progress).hasSize(2);
    } finally {
      for (ServerSocket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void saysThatTheNameDoesNotResolve() {
    // Too long for DNS, so nobody is asked.
    SshTarget target = new SshTarget("x".repeat(70), 22, "admin", TestServer.HOST.getPublic());
    assertThat(failure(target, "1s"))
        .hasMessageContaining("the name does not resolve")
        .hasMessageContaining("ssh.address");
  }

  @Test
  void tellsNetworkErrorsApart() {
    assertThat(kind(new NoRouteToHostException("No route to host")))
        .isEqualTo(ConnectFailure.NO_ROUTE);
    assertThat(kind(new SocketException("Network is unreachable")))
        .isEqualTo(ConnectFailure.NO_ROUTE);
    assertThat(kind(new ConnectException("Connection refused"))).isEqualTo(ConnectFailure.REFUSED);
    assertThat(kind(new ConnectException("Connection timed out")))
        .isEqualTo(ConnectFailure.TIMED_OUT);
    assertThat(kind(new SocketException("Connection reset"))).isEqualTo(ConnectFailure.NO_ROUTE);
  }

  @Test
  void saysThatTheAgentIsMissing(@TempDir Path folder) throws Exception {
    String socket = folder.resolve("agent").toString();
    try (TestServer server = TestServer.started()) {
      BuildException e =
          catchThrowableOfType(
              BuildException.class,
              () -> connect(server.target(), new SshIdentity.Agent(socket), "1m"));
      assertThat(e.category()).isEqualTo(Category.ACCESS);
      assertThat(e).hasMessageContaining(socket).hasMessageContaining("SSH_AUTH_SOCK");
    }
  }

  @Test
  void stopsWhenInterruptedWhileAnAgentDoesNotAnswer(@TempDir Path folder) throws Exception {
    Path socket = folder.resolve("agent");
    Thread asking = Thread.currentThread();
    try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        TestServer server = TestServer.started()) {
      agent.bind(UnixDomainSocketAddress.of(socket));
      Thread silent = new Thread(() -> interruptWhenAsked(agent, asking));
      silent.start();

      BuildException e =
          catchThrowableOfType(
              BuildException.class,
              () -> connect(server.target(), new SshIdentity.Agent(socket.toString()), "1m"));

      assertThat(Thread.interrupted()).isTrue();
      silent.join();
      assertThat(e.category()).isEqualTo(Category.INTERRUPTED);
      assertThat(e).hasMessage("Interrupted while asking the SSH agent for its keys.");
    }
  }

  @Test
  void givesAnAgentUpThatDoesNotAnswer(@TempDir Path folder) throws Exception {
    Path socket = folder.resolve("agent");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket));
      try (SshAgent agent = SshAgent.connect(socket.toString(), Duration.ofMillis(200))) {
        assertThatThrownBy(agent::getIdentities).hasMessage("it did not answer within 200ms");
      }
    }
  }

  /** Reads the question, so that it is known to have been asked. */
  private static void interruptWhenAsked(ServerSocketChannel agent, Thread asking) {
    try (SocketChannel client = agent.accept()) {
      client.read(ByteBuffer.allocate(5));
      asking.interrupt();
      client.read(ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stopsWhenInterruptedInAPause() throws Exception {
    time.whileAsleep(
        duration -> {
          throw new InterruptedException();
        });
    BuildException e = failure(target(unusedPort()), "1m");
    assertThat(e.category()).isEqualTo(Category.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void stopsWhenInterruptedInAnAttempt() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.currentThread().interrupt();
      BuildException e = failure(target(silent.getLocalPort()), "1m");
      assertThat(e.category()).isEqualTo(Category.INTERRUPTED);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void waitsLongerForEachAttemptUpToABound() {
    ConnectPolicy standard = ConnectPolicy.standard();
    assertThat(standard.connectTimeout(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(standard.connectTimeout(1)).isEqualTo(Duration.ofMillis(7500));
    assertThat(standard.connectTimeout(1000)).isEqualTo(Duration.ofSeconds(15));
  }

  private RemoteShell connect(SshTarget target, String timeout) {
    return connect(target, TestServer.identity(), timeout);
  }

  private RemoteShell connect(SshTarget target, SshIdentity identity, String timeout) {
    return new MinaConnector(time, time, POLICY)
        .connect(target, identity, Duration.parse("PT" + timeout), progress::add);
  }

  private BuildException failure(SshTarget target, String timeout) {
    return catchThrowableOfType(BuildException.class, () -> connect(target, timeout).close());
  }

  private static ConnectFailure kind(IOException failure) {
    return LoginDiagnosis.notConnected(new IOException(failure)).failure();
  }

  private static SshTarget target(int port) {
    return new SshTarget("127.0.0.1", port, "admin", TestServer.HOST.getPublic());
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void startAt(TestServer server, int port) {
    try {
      server.start(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says one line to everyone who connects, and closes. */
  private static final class LineServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    LineServer(String line) throws IOException {
      Thread thread = new Thread(() -> serve(line), "line-server");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve(String line) {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          client.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
          client.shutdownOutput();
          // Read what is sent, or the close becomes a reset that overtakes the line.
          InputStream in = client.getInputStream();
          client.setSoTimeout(1000);
          while (in.read() >= 0) {}
        } catch (IOException e) {
          // The client went away, or the test ended.
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Says an identification so slowly that it never ends. */
  private static final class Trickle implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Trickle(int like) throws IOException {
      Thread thread = new Thread(() -> serve("SSH-2.0-OpenSSH_" + like), "trickle");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve(String line) {
      try (Socket client = socket.accept()) {
        client.setSoTimeout(200);
        for (int i = 0; !socket.isClosed(); i++) {
          client.getOutputStream().write(i < line.length() ? line.charAt(i) : 'x');
          readFor(client.getInputStream());
        }
      } catch (IOException e) {
        // The client went away, which is what it should do.
      }
    }

    private static void readFor(InputStream in) throws IOException {
      try {
        while (in.read() >= 0) {}
        throw new IOException("The client closed the connection");
      } catch (SocketTimeoutException e) {
        // Time for the next byte.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Connections that nobody accepts. */
  private record Sockets(List<Socket> open) implements AutoCloseable {
    static Sockets fillBacklogOf(ServerSocket server) throws IOException {
      Sockets sockets = new Sockets(new ArrayList<>());
      for (int i = 0; i < 16; i++) {
        Socket socket = new Socket();
        sockets.open.add(socket);
        try {
          socket.connect(server.getLocalSocketAddress(), 200);
        } catch (SocketTimeoutException e) {
          return sockets;
        }
      }
      throw new IOException("This system's backlog does not fill");
    }

    int count() {
      return open.size();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
