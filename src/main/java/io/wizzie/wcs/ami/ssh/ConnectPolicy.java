package io.wizzie.wcs.ami.ssh;

import java.time.Duration;

/**
 * How patiently a connector tries.
 *
 * @param pause between two attempts; flat, since a booting guest is ready at an unknown moment and
 *     an attempt costs next to nothing
 * @param rejectedPause between attempts after the server rejected the key: longer, because OpenSSH
 *     9.8 and later lock out an address that fails to log in several times in a row
 *     (PerSourcePenalties: 5 s for each failure, enforced from 15 s on)
 * @param rejectedGrace {@code timeouts.rejection}, how long a rejected key is tried on: cloud-init
 *     may still be creating the user; after it the connector gives up, whatever is left of the
 *     timeout
 * @param firstConnectTimeout how long the first attempt waits for the TCP connection; each later
 *     one waits half as long again
 * @param maxConnectTimeout the most that an attempt waits for it
 * @param loginTimeout {@code timeouts.login}, how long an attempt waits from the TCP connection to
 *     a usable login; a server that looks up its client's name can need more than ten seconds
 * @param heartbeat how often a standing connection is asked for a sign of life; five without an
 *     answer end it, so that a network that swallows packets is noticed
 * @param guestCommand {@code timeouts.guestCommand}, how long a short command may take
 */
public record ConnectPolicy(
    Duration pause,
    Duration rejectedPause,
    Duration rejectedGrace,
    Duration firstConnectTimeout,
    Duration maxConnectTimeout,
    Duration loginTimeout,
    Duration heartbeat,
    Duration guestCommand) {
  /** What a build uses. */
  public static ConnectPolicy standard() {
    return new ConnectPolicy(
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofMinutes(2));
  }

  /** The same, but for what the configuration says. */
  ConnectPolicy with(
      Duration configuredLogin, Duration configuredRejection, Duration configuredGuestCommand) {
    return new ConnectPolicy(
        pause,
        rejectedPause,
        configuredRejection,
        firstConnectTimeout,
        maxConnectTimeout,
        configuredLogin,
        heartbeat,
        configuredGuestCommand);
  }

  /** How long attempt number {@code attempt}, counted from 0, waits for the TCP connection. */
  Duration connectTimeout(int attempt) {
    double millis = (double) firstConnectTimeout.toMillis() * Math.pow(1.5, Math.min(attempt, 20));
    return Duration.ofMillis(Math.min((long) millis, maxConnectTimeout.toMillis()));
  }
}
