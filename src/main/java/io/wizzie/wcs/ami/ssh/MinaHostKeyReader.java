package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Sleeper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/** Reads a host key with Apache MINA SSHD, up to the key exchange and no further. */
public final class MinaHostKeyReader implements HostKeyReader {
  private static final List<String> ALGORITHMS =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256");

  private final Clock clock;
  private final Sleeper sleeper;
  private final ConnectPolicy policy = ConnectPolicy.standard();

  public MinaHostKeyReader(Clock clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public PublicKey read(String host, int port, Duration timeout, Consumer<String> progress) {
    Instant deadline = clock.instant().plus(timeout);
    for (int attempt = 0; ; attempt++) {
      try {
        PublicKey key = readOnce(host, port, policy.connectTimeout(attempt));
        if (key != null) {
          return key;
        }
        if (attempt == 0) {
          progress.accept(host + " port " + port + " does not answer yet");
        }
        if (!clock.instant().plus(policy.pause()).isBefore(deadline)) {
          throw new BuildException(
              BuildException.Category.ACCESS,
              "No SSH server has answered at "
                  + host
                  + " port "
                  + port
                  + " within "
                  + Durations.text(timeout)
                  + ". Check the security group (builder.sourceCidrs), the subnet's route, and"
                  + " whether the right one of public and private address is used (ssh.address).");
        }
        sleeper.sleep(policy.pause());
      } catch (InterruptedIOException e) {
        throw BuildException.interrupted(
            "reading the host key of " + host, new InterruptedException(e.getMessage()));
      } catch (InterruptedException e) {
        throw BuildException.interrupted("reading the host key of " + host, e);
      }
    }
  }

  private @Nullable PublicKey readOnce(String host, int port, Duration timeout)
      throws InterruptedIOException {
    // A key that nobody has: the server's own is told as the wrong one, and the exchange ends.
    SessionEvidence evidence = new SessionEvidence(SshKeys.generateEd25519().getPublic());
    SshClient client = MinaClients.start(ALGORITHMS, evidence, null);
    try {
      ConnectFuture connected = client.connect("nobody", host, port);
      if (connected.await(timeout) && connected.getException() == null) {
        ClientSession session = connected.getClientSession();
        var ignored =
            session.waitFor(
                EnumSet.of(
                    ClientSession.ClientSessionEvent.CLOSED,
                    ClientSession.ClientSessionEvent.WAIT_AUTH),
                policy.loginTimeout());
      }
      return evidence.wrongHostKey();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException notYet) {
      // The name does not resolve, or the connection broke: as long as there is time, once more.
      return evidence.wrongHostKey();
    } finally {
      MinaShell.closeQuietly(client);
    }
  }
}
