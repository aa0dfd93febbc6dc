package io.wizzie.wcs.ami.spec;

import java.time.Duration;

/**
 * How long EC2 is waited for, where no other field says it.
 *
 * @param repeat how long one call is repeated that EC2 throttles, fails at or does not answer
 * @param visible how long what was just made may be unknown to EC2
 * @param stop how long the builder may take to stop
 * @param terminate how long it may take to terminate
 * @param release how long a security group or snapshot may stay in use after its user is gone
 * @param credentials how long new credentials are waited for when the ones in use expire
 */
public record TimeoutsSpec(
    Duration repeat,
    Duration visible,
    Duration stop,
    Duration terminate,
    Duration release,
    Duration credentials) {

  /** What holds where nothing is configured. */
  public static final TimeoutsSpec DEFAULT =
      new TimeoutsSpec(
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(3),
          Duration.ofMinutes(15));
}
