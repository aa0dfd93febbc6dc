package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.sshd.agent.SshAgentFactory;
import org.jspecify.annotations.Nullable;

/** Opens shells with Apache MINA SSHD, and says why it could not. */
public record MinaConnector(Clock clock, Sleeper sleeper, ConnectPolicy policy)
    implements RemoteShell.Connector {
  /** However little of the timeout is left, an attempt gets this long. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  /** For an answer that needs nobody's consent; a stale forwarded agent never gives one. */
  private static final Duration LISTING = Duration.ofSeconds(10);

  public MinaConnector(Clock clock, Sleeper sleeper) {
    this(clock, sleeper, ConnectPolicy.standard());
  }

  @Override
  public MinaConnector with(Duration login, Duration rejection, Duration guestCommand) {
    return new MinaConnector(clock, sleeper, policy.with(login, rejection, guestCommand));
  }

  @Override
  public RemoteShell connect(
      SshTarget target, SshIdentity identity, Duration timeout, Consumer<String> progress) {
    @Nullable KeyPair key = null;
    @Nullable SshAgentFactory agent = null;
    if (identity instanceof SshIdentity.PrivateKey own) {
      key = SshKeys.parsePrivateKey(own.key());
    } else if (identity instanceof SshIdentity.Agent users) {
      requireKeys(users.socket());
      agent = SshAgent.factory(users.socket());
    }
    Instant start = clock.instant();
    Instant deadline = start.plus(timeout);
    ConnectHistory history = new ConnectHistory(target, start);
    for (int attempt = 0; ; attempt++) {
      Instant began = clock.instant();
      try {
        return new LoginAttempt(target, key, agent, policy)
            .run(
                attempt,
                within(policy.connectTimeout(attempt), began, deadline),
                within(policy.loginTimeout(), began, deadline));
      } catch (AttemptFailedException e) {
        String news = history.add(e, began);
        if (news != null) {
          progress.accept(news);
        }
        pauseOrGiveUp(e.failure(), history, deadline, target);
      } catch (InterruptedIOException e) {
        throw BuildException.interrupted(
            connecting(target), new InterruptedException(e.getMessage()));
      }
    }
  }

  private void pauseOrGiveUp(
      ConnectFailure failure, ConnectHistory history, Instant deadline, SshTarget target) {
    Instant now = clock.instant();
    Duration pause = failure.isRejection() ? policy.rejectedPause() : policy.pause();
    boolean rejected =
        failure.isRejection()
            && history.rejectedFor(now).plus(pause).compareTo(policy.rejectedGrace()) > 0;
    if (failure.isFinal() || rejected || now.plus(pause).isAfter(deadline)) {
      throw history.giveUp(now, rejected ? "timeouts.rejection" : "ssh.timeout");
    }
    sleeper.pause(pause, connecting(target));
  }

  private static String connecting(SshTarget target) {
    return "connecting to " + target.host();
  }

  private static Duration within(Duration wanted, Instant now, Instant deadline) {
    Duration left = Duration.between(now, deadline);
    Duration shorter = wanted.compareTo(left) < 0 ? wanted : left;
    return shorter.compareTo(LEAST) < 0 ? LEAST : shorter;
  }

  /** An agent that is missing or empty can't be waited for. */
  private static void requireKeys(String socket) {
    try (SshAgent agent = SshAgent.connect(socket, LISTING)) {
      if (!agent.getIdentities().iterator().hasNext()) {
        throw Category.ACCESS.failure(
            "The SSH agent at " + socket + " holds no keys. Add the key pair's with ssh-add.");
      }
    } catch (InterruptedIOException e) {
      throw BuildException.interrupted(
          "asking the SSH agent for its keys", new InterruptedException(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      if (e instanceof BuildException known) {
        throw known;
      }
      throw Category.ACCESS.failure(
          "The SSH agent at "
              + socket
              + " can't be asked for its keys: "
              + e.getMessage()
              + ". Check SSH_AUTH_SOCK, or give a private key file (ssh.privateKeyFile).",
          e);
    }
  }
}
