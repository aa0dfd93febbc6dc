package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.InterruptibleCall;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to log in, with the reason when it fails. It has a client of its own, so that nothing
 * that an earlier attempt left behind can be taken for this one's.
 */
final class LoginAttempt {
  private final SshTarget target;
  private final @Nullable KeyPair key;
  private final @Nullable SshAgentFactory agent;
  private final ConnectPolicy policy;
  private final SessionEvidence evidence;
  private final LoginDiagnosis diagnosis;

  LoginAttempt(
      SshTarget target,
      @Nullable KeyPair key,
      @Nullable SshAgentFactory agent,
      ConnectPolicy policy) {
    this.target = target;
    this.key = key;
    this.agent = agent;
    this.policy = policy;
    this.evidence = new SessionEvidence(target.hostKey());
    this.diagnosis = new LoginDiagnosis(target, key, evidence);
  }

  /**
   * Connects, logs in, and sees that commands run.
   *
   * @throws InterruptedIOException when the thread was interrupted
   */
  RemoteShell run(int number, Duration connectTimeout, Duration loginTimeout)
      throws AttemptFailedException, InterruptedIOException {
    InetSocketAddress address = resolve(number);
    SshClient client = MinaClients.start(target.hostKey(), evidence, policy.heartbeat(), agent);
    boolean done = false;
    try {
      ClientSession session = connect(client, address, connectTimeout);
      logIn(session, loginTimeout);
      MinaShell shell =
          new MinaShell(
              client,
              session,
              evidence,
              target.user() + "@" + target.host(),
              policy.guestCommand());
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
      InetAddress[] addresses =
          InterruptibleCall.run("looking up " + target.host(), () -> addresses(target.host()));
      return new InetSocketAddress(addresses[number % addresses.length], target.port());
    } catch (UncheckedIOException e) {
      throw new AttemptFailedException(ConnectFailure.NAME_UNKNOWN, "", e);
    }
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
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
        throw LoginDiagnosis.notConnected(failure);
      }
      return connected.getClientSession();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw LoginDiagnosis.notConnected(e);
    }
  }

  private void logIn(ClientSession session, Duration timeout)
      throws AttemptFailedException, InterruptedIOException {
    try {
      if (key != null) {
        session.addPublicKeyIdentity(key);
      }
      AuthFuture authenticated = session.auth();
      if (!authenticated.await(timeout)) {
        throw diagnosis.noLogin(null, timeout);
      }
      if (!authenticated.isSuccess()) {
        throw diagnosis.noLogin(authenticated.getException(), timeout);
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException | IllegalStateException e) {
      // The latter when the server closed the connection before the login began.
      throw diagnosis.noLogin(e, timeout);
    }
  }

  private void requireCommandsRun(MinaShell shell, Duration timeout)
      throws AttemptFailedException, InterruptedIOException {
    try {
      CommandResult result = shell.run(RemoteCommand.of("exit 0", timeout));
      if (!result.succeeded()) {
        String output = SessionEvidence.oneLine(result.stdout() + " " + result.stderr());
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
}
