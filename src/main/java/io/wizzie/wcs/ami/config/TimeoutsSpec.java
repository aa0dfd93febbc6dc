package io.wizzie.wcs.ami.config;

import java.time.Duration;

/**
 * How long EC2 and the guest are waited for, where no other field says it.
 *
 * @param repeat how long one call is repeated that EC2 throttles, fails at or does not answer
 * @param visible how long what was just made may be unknown to EC2
 * @param stop how long the builder may take to stop
 * @param terminate how long it may take to terminate
 * @param release how long a security group or snapshot may stay in use after its user is gone
 * @param credentials how long new credentials are waited for when the ones in use expire
 * @param login how long one try to log in may take, from the TCP connection on
 * @param rejection how long a key that the server rejects is tried on
 * @param cloudInit how long cloud-init and what holds apt's locks may take in the builder
 * @param chefInstall how long getting and installing Chef's package may take
 * @param reboot how long a reboot that cookbooks ask for may take to come
 * @param guestAudit how long the audit may look through a guest
 * @param inventory how long listing what is installed may take
 * @param guestCleaning how long the cleaning may take
 * @param guestCommand how long a command may take that only looks, or writes a small file
 */
public record TimeoutsSpec(
    Duration repeat,
    Duration visible,
    Duration stop,
    Duration terminate,
    Duration release,
    Duration credentials,
    Duration login,
    Duration rejection,
    Duration cloudInit,
    Duration chefInstall,
    Duration reboot,
    Duration guestAudit,
    Duration inventory,
    Duration guestCleaning,
    Duration guestCommand) {

  /** What holds where nothing is configured. */
  public static final TimeoutsSpec DEFAULT =
      new TimeoutsSpec(
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(3),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofMinutes(15),
          Duration.ofMinutes(15),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(2));
}
