package io.wizzie.wcs.ami.ssh;

/** Why an attempt to log in failed, and what the user can check. */
enum ConnectFailure {
  NAME_UNKNOWN(
      "the name does not resolve",
      "DNS: a private DNS name resolves only inside its VPC; use an address instead"
          + " (ssh.address)"),
  NO_ROUTE(
      "no route to the host",
      "the network between this machine and the subnet: its route table, a VPN, and whether the"
          + " address is a private one that needs one (ssh.address)"),
  REFUSED(
      "connection refused",
      "that sshd is started in the guest (a guest that is still booting refuses for some seconds)"
          + " and that ssh.port is the port it listens on"),
  TIMED_OUT(
      "timed out: no answer at all",
      "that the security group admits this machine's address (builder.sourceCidrs; behind NAT, a"
          + " VPN or in CI it differs from what the machine itself sees), that the subnet has a"
          + " route to an internet gateway if the address is public, and that the right one of"
          + " public and private address is used (ssh.address)"),
  STILL_BOOTING(
      "still booting: the server takes connections but no logins",
      "the instance's system log: a guest that stays like this did not boot to the end. Also that"
          + " an SSH server, and not something else, listens on ssh.port"),
  NOT_SSH(
      "not an SSH server",
      "ssh.port, and what listens on it at this address: a web server, a load balancer or a proxy,"
          + " perhaps"),
  KEY_REJECTED(
      "key rejected",
      "the user name (ssh.user: ubuntu on Ubuntu, admin on Debian, ec2-user on Amazon Linux), that"
          + " the key is the one of the instance's key pair, and that cloud-init ran in the guest"),
  LOGIN_UNUSABLE(
      "the login is accepted but runs no commands",
      "the user name (ssh.user: ubuntu on Ubuntu, admin on Debian, ec2-user on Amazon Linux; images"
          + " refuse root) and the user's login shell"),
  WRONG_HOST_KEY(
      "wrong host key",
      "what answers at this address: it is not the instance that was launched, or its user data"
          + " (which holds the host key) was not applied. Nothing was sent to it"),
  NO_COMMON_ALGORITHM(
      "no common algorithm",
      "the guest's sshd configuration: it allows none of the current key exchanges, ciphers or"
          + " message authentication codes");

  private final String title;
  private final String advice;

  ConnectFailure(String title, String advice) {
    this.title = title;
    this.advice = advice;
  }

  /** What the user is told it was. */
  String title() {
    return title;
  }

  /** What to check, to follow "Check". */
  String advice() {
    return advice;
  }

  /** Whether it can't change by waiting. */
  boolean isFinal() {
    return this == WRONG_HOST_KEY || this == NO_COMMON_ALGORITHM;
  }

  /** Whether it passes, if at all, only while the guest is still being set up. */
  boolean isRejection() {
    return this == KEY_REJECTED || this == LOGIN_UNUSABLE || this == NOT_SSH;
  }
}
