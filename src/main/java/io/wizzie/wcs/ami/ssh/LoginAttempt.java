package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Locale;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to log in, with the reason when it fails. It has a client of its own, so that nothing
 * that an earlier attempt left behind can be taken for this one's.
 */
final class LoginAttempt {
  private final SshTarget target;
  private final @Nullable KeyPair key;
  private final @Nullable SshAgentFactory agent;
  private final SessionEvidence evidence;

  LoginAttempt(SshTarget target, @Nullable KeyPair key, @Nullable SshAgentFactory agent) {
    this.target = target;
    this.key = key;
    this.agent = agent;
    this.evidence = new SessionEvidence(target.hostKey());
  }

  /**
   * Connects, logs in, and sees that commands run.
   *
   * @throws InterruptedIOException when the thread was interrupted
   */
  RemoteShell run(int number, Duration connectTimeout, Duration loginTimeout)
      throws AttemptFailedException, InterruptedIOException {
    InetSocketAddress address = resolve(number);
    SshClient client = MinaClients.start(target.hostKey(), evidence, agent);
    boolean done = false;
    try {
      ClientSession session = connect(client, address, connectTimeout);
      logIn(session, loginTimeout);
      MinaShell shell =
          new MinaShell(client, session, evidence, target.user() + "@" + target.host());
      requireCommandsRun(shell, loginTimeout);
      done = true;
      return shell;
    } finally {
      if (!done) {
        MinaShell.closeQuietly(client);
      }
    }
  }

  private InetSocketAddress resolve(int number) throws AttemptFailedException {
    try {
      // A name with several addresses (IPv6 and IPv4): each in turn.
      InetAddress[] addresses = InetAddress.getAllByName(target.host());
      return new InetSocketAddress(addresses[number % addresses.length], target.port());
    } catch (UnknownHostException e) {
      throw new AttemptFailedException(ConnectFailure.NAME_UNKNOWN, "", e);
    }
  }

  private ClientSession connect(SshClient client, InetSocketAddress address, Duration timeout)
      throws AttemptFailedException, InterruptedIOException {
    try {
      ConnectFuture connected = client.connect(target.user(), address);
      if (!connected.await(timeout)) {
        throw new AttemptFailedException(ConnectFailure.TIMED_OUT, "", null);
      }
      Throwable failure = connected.getException();
      if (failure != null) {
        throw notConnected(failure);
      }
      return connected.getClientSession();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw notConnected(e);
    }
  }

  /** What kept the TCP connection from being made. */
  static AttemptFailedException notConnected(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      String lower = message.toLowerCase(Locale.ROOT);
      if (cause instanceof NoRouteToHostException || lower.contains("unreachable")) {
        return new AttemptFailedException(ConnectFailure.NO_ROUTE, message, failure);
      }
      if (cause instanceof ConnectException) {
        // The kernel's own time-out (ETIMEDOUT) comes as a ConnectException too.
        boolean refused = lower.contains("refused");
        return new AttemptFailedException(
            refused ? ConnectFailure.REFUSED : ConnectFailure.TIMED_OUT, "", failure);
      }
    }
    // A reset in the handshake (a firewall, or a guest whose network is just coming up).
    return new AttemptFailedException(
        ConnectFailure.NO_ROUTE, String.valueOf(failure.getMessage()), failure);
  }

  private void logIn(ClientSession session, Duration timeout)
      throws AttemptFailedException, InterruptedIOException {
    try {
      if (key != null) {
        session.addPublicKeyIdentity(key);
      }
      AuthFuture authenticated = session.auth();
      if (!authenticated.await(timeout)) {
        throw noLogin(null, timeout);
      }
      if (!authenticated.isSuccess()) {
        throw noLogin(authenticated.getException(), timeout);
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw noLogin(e, timeout);
    }
  }

  /** What kept the login from succeeding once the TCP connection stood. */
  private AttemptFailedException noLogin(@Nullable Throwable failure, Duration timeout) {
    PublicKey wrong = evidence.wrongHostKey();
    if (wrong != null) {
      return new AttemptFailedException(
          ConnectFailure.WRONG_HOST_KEY,
          "expected " + named(target.hostKey()) + ", presented " + named(wrong),
          failure);
    }
    String otherTypes = evidence.otherHostKeyTypes();
    if (otherTypes != null) {
      return new AttemptFailedException(
          ConnectFailure.WRONG_HOST_KEY,
          "expected " + named(target.hostKey()) + ", the server has only " + otherTypes,
          failure);
    }
    if (evidence.negotiationFailed()) {
      return new AttemptFailedException(
          ConnectFailure.NO_COMMON_ALGORITHM, message(failure), failure);
    }
    if (evidence.keysExchanged() && isRejection(failure)) {
      return new AttemptFailedException(ConnectFailure.KEY_REJECTED, rejection(failure), failure);
    }
    return new AttemptFailedException(
        ConnectFailure.STILL_BOOTING, stillBooting(failure, timeout), failure);
  }

  private static boolean isRejection(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SshException ssh
          && (ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
              || message(ssh).contains("Too many authentication failures"))) {
        return true;
      }
    }
    return false;
  }

  private String rejection(@Nullable Throwable failure) {
    String offered =
        key == null ? "the keys of the SSH agent" : "the key " + named(key.getPublic());
    String tooMany =
        message(failure).contains("Too many")
            ? " (the agent offered more keys than the server tries: leave only the right one in it)"
            : "";
    return "user " + target.user() + " with " + offered + tooMany + said();
  }

  private String stillBooting(@Nullable Throwable failure, Duration timeout) {
    String stage =
        evidence.keysExchanged()
            ? "during the login"
            : evidence.identified() ? "during the key exchange" : "before it identified itself";
    String what =
        failure == null
            ? "it fell silent for " + Durations.text(timeout) + " " + stage
            : "it closed the connection " + stage;
    return what + said();
  }

  private String said() {
    String said = evidence.said();
    return said.isEmpty() ? "" : ", saying \"" + said + "\"";
  }

  private void requireCommandsRun(MinaShell shell, Duration timeout)
      throws AttemptFailedException, InterruptedIOException {
    try {
      CommandResult result = shell.run(RemoteCommand.of("exit 0", timeout));
      if (!result.succeeded()) {
        String output = (result.stdout() + " " + result.stderr()).strip();
        throw new AttemptFailedException(
            ConnectFailure.LOGIN_UNUSABLE,
            "user " + target.user() + (output.isEmpty() ? "" : ", who is told \"" + output + "\""),
            null);
      }
    } catch (BuildException e) {
      if (e.category() == BuildException.Category.INTERRUPTED) {
        throw new InterruptedIOException(e.getMessage());
      }
      throw new AttemptFailedException(
          ConnectFailure.STILL_BOOTING, "it took the login, but no command", e);
    }
  }

  private static String named(PublicKey key) {
    String line = SshKeys.publicKeyLine(key);
    return SshKeys.fingerprint(key) + " (" + line.substring(0, line.indexOf(' ')) + ")";
  }

  private static String message(@Nullable Throwable failure) {
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }
}
