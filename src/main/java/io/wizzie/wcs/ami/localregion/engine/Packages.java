package io.wizzie.wcs.ami.localregion.engine;

import java.util.List;
import java.util.stream.Stream;

/** Names of Debian and Ubuntu packages that guests consist of. */
final class Packages {
  /** Without these a system can't be an instance. */
  static final List<String> REQUIRED =
      words(
          "systemd-sysv dbus libpam-systemd openssh-server cloud-init sudo python3 iproute2 "
              + "procps");

  /** What the distributions' cloud images have besides, or what cookbooks expect to be there. */
  private static final List<String> USUAL =
      words(
          "ca-certificates curl wget ruby gnupg locales tzdata iputils-ping netbase psmisc "
              + "kmod less vim-tiny lsb-release bash-completion cron logrotate file xz-utils "
              + "unzip rsync");

  static final List<String> ALL = Stream.of(REQUIRED, USUAL).flatMap(List::stream).toList();

  private Packages() {}

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}
