package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** An SSH server in this process, whose commands are Java. */
final class TestServer implements AutoCloseable {
  static final KeyPair HOST = SshKeys.generateEd25519();
  static final KeyPair USER = SshKeys.generateEd25519();

  /** The marks and the command in {@link CommandFrame}'s script. */
  private static final Pattern FRAME =
      Pattern.compile(
          "printf '%s\\\\n' (\\S+);.*\n/bin/sh -c (?s:(.*))\ncode=\\$\\?\nprintf '%s %s\\\\n' (\\S+) ");

  private final SshServer server = SshServer.setUpDefaultServer();
  private final List<Signal> signals = new CopyOnWriteArrayList<>();
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  TestServer(KeyPair hostKey) {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals("admin") && KeyUtils.compareKeys(key, USER.getPublic()));
    server.setCommandFactory((channel, text) -> new JavaCommand(text));
    CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(2));
    program("exit 0", (in, out, err) -> 0);
  }

  /** A server with the usual host key, that runs already. */
  static TestServer started() throws IOException {
    return new TestServer(HOST).start(0);
  }

  TestServer start(int port) throws IOException {
    server.setPort(port);
    server.start();
    return this;
  }

  TestServer with(Consumer<SshServer> change) {
    change.accept(server);
    return this;
  }

  TestServer program(String text, Program program) {
    programs.put(text, program);
    return this;
  }

  SshTarget target() {
    return new SshTarget("127.0.0.1", server.getPort(), "admin", HOST.getPublic());
  }

  static SshIdentity identity() {
    return identity(USER);
  }

  static SshIdentity identity(KeyPair pair) {
    Secret file = SshKeys.privateKeyFile(pair);
    return new SshIdentity.PrivateKey(file);
  }

  RemoteShell connect() {
    return connect(target().port());
  }

  /** Connects through a port of 127.0.0.1 that leads here. */
  RemoteShell connect(int port) {
    SshTarget own = target();
    return new MinaConnector(new TestTime(), duration -> {})
        .connect(
            new SshTarget("127.0.0.1", port, own.user(), own.hostKey()),
            identity(),
            Duration.ofSeconds(20),
            line -> {});
  }

  /** The signals that commands were sent. */
  List<Signal> signals() {
    return signals;
  }

  /** Ends all connections as a machine that is switched off does. */
  void dropConnections() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  /** What a command does; returns its exit code. */
  @FunctionalInterface
  interface Program {
    int run(InputStream in, OutputStream out, OutputStream err) throws Exception;
  }

  private final class JavaCommand implements Command {
    private final String text;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;
    private @Nullable Thread thread;

    JavaCommand(String text) {
      this.text = text;
    }

    @Override
    public void setInputStream(InputStream in) {
      this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
      this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      environment.addSignalListener((sender, signal) -> signals.add(signal), Signal.TERM);
      thread = new Thread(this::run, "test-command");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      String script =
          new String(
              Base64.getDecoder().decode(text.replaceAll(".*echo (\\S+) .*", "$1")),
              StandardCharsets.UTF_8);
      Matcher frame = FRAME.matcher(script);
      if (!frame.find()) {
        throw new IllegalStateException("no framed command: " + script);
      }
      String word = frame.group(2);
      String command =
          word.startsWith("'") ? word.substring(1, word.length() - 1).replace("'\\''", "'") : word;
      run(command, frame.group(1) + "\n", frame.group(3));
    }

    private void run(String text, String begin, String end) {
      Program program = programs.get(text);
      if (in == null || out == null || err == null || exit == null) {
        throw new IllegalStateException("started before it was set up");
      }
      try {
        int code = 127;
        out.write(begin.getBytes(StandardCharsets.UTF_8));
        err.write(begin.getBytes(StandardCharsets.UTF_8));
        if (program == null) {
          err.write((text + ": not found\n").getBytes(StandardCharsets.UTF_8));
        } else {
          code = program.run(in, out, err);
        }
        byte[] last = (end + " " + code + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(last);
        err.write(last);
        out.flush();
        err.flush();
        exit.onExit(code);
      } catch (Exception e) {
        exit.onExit(255, e.toString());
      }
    }

    @Override
    public void destroy(ChannelSession channel) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
