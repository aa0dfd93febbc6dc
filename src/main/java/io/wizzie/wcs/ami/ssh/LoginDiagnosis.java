package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.DurationText;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.jspecify.annotations.Nullable;

/** Tells from an exception and the evidence why an attempt to log in failed. */
record LoginDiagnosis(SshTarget target, @Nullable KeyPair key, SessionEvidence evidence) {
  /** HTTP, FTP, SMTP, POP3, IMAP, VNC, TLS, and what can't be decoded as text. */
  private static final Pattern FOREIGN =
      Pattern.compile("^(HTTP/|<|220[ -]|\\+OK|\\* OK|RFB |\\x15\\x03|\\x16\\x03)|\\uFFFD");

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

  /** What kept the login from succeeding once the TCP connection stood. */
  AttemptFailedException noLogin(@Nullable Throwable failure, Duration timeout) {
    PublicKey pinned = target.hostKey();
    PublicKey wrong = evidence.wrongHostKey();
    if (pinned != null && wrong != null) {
      return new AttemptFailedException(
          ConnectFailure.WRONG_HOST_KEY,
          "expected " + named(pinned) + ", presented " + named(wrong),
          failure);
    }
    String otherTypes = evidence.otherHostKeyTypes();
    if (pinned != null && otherTypes != null) {
      return new AttemptFailedException(
          ConnectFailure.WRONG_HOST_KEY,
          "expected " + named(pinned) + ", the server has only " + otherTypes,
          failure);
    }
    if (evidence.negotiationFailed()) {
      return new AttemptFailedException(
          ConnectFailure.NO_COMMON_ALGORITHM, message(failure), failure);
    }
    if (evidence.keysExchanged() && isRejection(failure)) {
      return new AttemptFailedException(ConnectFailure.KEY_REJECTED, rejection(failure), failure);
    }
    if (!evidence.identified() && speaksOtherwise(failure)) {
      return new AttemptFailedException(
          ConnectFailure.NOT_SSH, "it answered " + quoted(evidence.said()), failure);
    }
    return new AttemptFailedException(
        ConnectFailure.STILL_BOOTING, stillBooting(failure, timeout), failure);
  }

  /**
   * Whether what the server sent is another protocol's, or nothing that could become an
   * identification. OpenSSH too says a line before its own, such as "Exceeded MaxStartups".
   */
  private boolean speaksOtherwise(@Nullable Throwable failure) {
    return FOREIGN.matcher(evidence.said()).find()
        || message(failure).toLowerCase(Locale.ROOT).contains("identification");
  }

  private static String quoted(String said) {
    return said.isEmpty() ? "with bytes that are no text" : "\"" + said + "\"";
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
            ? "it fell silent for " + DurationText.of(timeout) + " " + stage
            : "it closed the connection " + stage;
    return what + said();
  }

  private String said() {
    String said = evidence.said();
    return said.isEmpty() ? "" : ", saying \"" + said + "\"";
  }

  private static String named(PublicKey key) {
    String line = SshKeys.publicKeyLine(key);
    return SshKeys.fingerprint(key) + " (" + line.substring(0, line.indexOf(' ')) + ")";
  }

  private static String message(@Nullable Throwable failure) {
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }
}
