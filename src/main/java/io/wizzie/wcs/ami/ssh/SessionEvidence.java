package io.wizzie.wcs.ami.ssh;

import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of the server during one attempt, and the check of its host key.
 *
 * <p>MINA reports most failures as "session closed"; what came before that tells them apart.
 */
final class SessionEvidence implements SessionListener, ServerKeyVerifier, UserInteraction {
  private static final int MAX_SAID = 500;

  private final @Nullable PublicKey pinned;
  private final StringBuilder said = new StringBuilder();
  private volatile @Nullable PublicKey presented;
  private volatile @Nullable String offeredHostKeys;
  private volatile @Nullable String disconnectReason;
  private volatile boolean negotiated;
  private volatile boolean negotiationFailed;
  private volatile boolean keysExchanged;
  private volatile boolean identified;

  /**
   * @param pinned null to take any host key
   */
  SessionEvidence(@Nullable PublicKey pinned) {
    this.pinned = pinned;
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    presented = key;
    return isGood(key);
  }

  /** The host key that the server presented; null before it did. */
  @Nullable PublicKey presented() {
    return presented;
  }

  // The encoded form decides: two classes of key (JDK, another provider) may not be equal.
  private boolean isGood(PublicKey key) {
    return pinned == null || SshKeys.publicKeyLine(key).equals(SshKeys.publicKeyLine(pinned));
  }

  /** The host key that the server presented although another is pinned. */
  @Nullable PublicKey wrongHostKey() {
    PublicKey key = presented;
    return key == null || isGood(key) ? null : key;
  }

  /** The types of host key that the server offers, when the pinned one's type is not among them. */
  @Nullable String otherHostKeyTypes() {
    String offered = offeredHostKeys;
    if (pinned == null || !negotiationFailed || offered == null) {
      return null;
    }
    List<String> accepted = MinaClients.hostKeyAlgorithms(pinned);
    return List.of(offered.split(",", -1)).stream().anyMatch(accepted::contains) ? null : offered;
  }

  boolean negotiationFailed() {
    return negotiationFailed;
  }

  /** Whether the server sent its identification, so that it is an SSH server. */
  boolean identified() {
    return identified;
  }

  /** Whether the encrypted connection to the right server stood. */
  boolean keysExchanged() {
    return keysExchanged;
  }

  /** Why the server, or MINA, ended the connection. */
  @Nullable String disconnectReason() {
    return disconnectReason;
  }

  /** What the server said in words: lines before its identification, and login banners. */
  String said() {
    synchronized (said) {
      return said.toString().strip();
    }
  }

  @Override
  public void sessionPeerIdentificationLine(Session session, String line, List<String> lines) {
    if (!line.startsWith("SSH-")) {
      say(line);
    }
  }

  @Override
  public void sessionPeerIdentificationReceived(
      Session session, String version, List<String> lines) {
    identified = true;
  }

  @Override
  public void sessionNegotiationEnd(
      Session session,
      Map<KexProposalOption, String> client,
      Map<KexProposalOption, String> server,
      Map<KexProposalOption, String> result,
      @Nullable Throwable reason) {
    if (!negotiated && reason != null) {
      offeredHostKeys = server.get(KexProposalOption.SERVERKEYS);
      negotiationFailed = true;
    }
    negotiated = true;
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.KeyEstablished) {
      keysExchanged = true;
    }
  }

  @Override
  public void sessionDisconnect(
      Session session, int code, String message, String language, boolean initiator) {
    disconnectReason = message;
  }

  @Override
  public void sessionException(Session session, Throwable failure) {
    if (disconnectReason == null) {
      disconnectReason = failure.getMessage();
    }
  }

  @Override
  public void welcome(ClientSession session, String banner, String language) {
    say(banner);
  }

  @Override
  public String[] interactive(
      ClientSession session,
      String name,
      String instruction,
      String language,
      String[] prompt,
      boolean[] echo) {
    return new String[0];
  }

  @Override
  public @Nullable String getUpdatedPassword(
      ClientSession session, String prompt, String language) {
    return null;
  }

  private void say(String line) {
    synchronized (said) {
      if (said.length() < MAX_SAID) {
        said.append(oneLine(line)).append(' ');
      }
    }
  }

  /** Fit for a terminal: a hostile server can neither control nor flood it. */
  static String oneLine(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.length() <= MAX_SAID ? plain : plain.substring(0, MAX_SAID) + "…";
  }
}
