package io.wizzie.wcs.ami.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Until when a system gets security updates free of charge.
 *
 * <p>As of November 2026. Ubuntu's standard support and Debian's with its LTS team's are the
 * columns {@code eol} and {@code eol-lts} of Debian's package distro-info-data 0.58+deb12u7;
 * Amazon's are what the pages below say, Alpine's the support of its repository "main".
 *
 * @param last the last day
 * @see <a href="https://ubuntu.com/about/release-cycle">Ubuntu</a>
 * @see <a href="https://wiki.debian.org/LTS">Debian LTS</a>
 * @see <a href="https://aws.amazon.com/amazon-linux-2/faqs/">Amazon Linux 2</a>
 * @see <a href="https://docs.aws.amazon.com/linux/al2023/ug/release-cadence.html">Amazon Linux
 *     2023</a>
 * @see <a href="https://alpinelinux.org/releases/">Alpine Linux</a>
 */
record SupportEnd(LocalDate last) {
  private static final int SOON_DAYS = 180;

  private static final Map<String, SupportEnd> TABLE =
      Map.ofEntries(
          end("ubuntu 14.04", 2019, 4, 25),
          end("ubuntu 16.04", 2021, 4, 30),
          end("ubuntu 18.04", 2023, 5, 31),
          end("ubuntu 20.04", 2025, 5, 29),
          end("ubuntu 22.04", 2027, 6, 1),
          end("ubuntu 24.04", 2029, 5, 31),
          end("ubuntu 24.10", 2025, 7, 10),
          end("ubuntu 25.04", 2026, 1, 15),
          end("ubuntu 25.10", 2026, 7, 9),
          end("ubuntu 26.04", 2031, 5, 29),
          end("ubuntu 26.10", 2027, 7, 15),
          end("debian 7", 2018, 5, 31),
          end("debian 8", 2020, 6, 30),
          end("debian 9", 2022, 6, 30),
          end("debian 10", 2024, 6, 30),
          end("debian 11", 2026, 8, 31),
          end("debian 12", 2028, 6, 30),
          end("debian 13", 2030, 6, 30),
          end("amzn 2018.03", 2023, 12, 31),
          end("amzn 2", 2026, 6, 30),
          end("amzn 2023", 2029, 6, 30),
          end("centos 6", 2020, 11, 30),
          end("centos 7", 2024, 6, 30),
          end("centos 8", 2021, 12, 31),
          end("alpine 3.19", 2025, 11, 1),
          end("alpine 3.20", 2026, 4, 1),
          end("alpine 3.21", 2026, 11, 1),
          end("alpine 3.22", 2027, 5, 1),
          end("alpine 3.23", 2027, 11, 1));

  private static final int OLDEST_ALPINE = 19;

  /**
   * The entry of a system.
   *
   * @param id and {@code version} as in os-release
   * @return null when the table does not know it
   */
  static @Nullable SupportEnd of(String id, String version) {
    SupportEnd exact = TABLE.get(id + " " + version);
    if (exact != null || !id.equals("alpine")) {
      return exact;
    }
    // Alpine's have a third number (3.22.1), and one before the oldest here ended before it.
    String[] numbers = version.split("[.]", -1);
    if (numbers.length < 2 || !numbers[0].equals("3") || !numbers[1].matches("[0-9]{1,3}")) {
      return null;
    }
    return TABLE.get("alpine 3." + Math.max(OLDEST_ALPINE, Integer.parseInt(numbers[1])));
  }

  /** ERROR when it has ended, WARNING when it soon will have, else null. */
  @Nullable Severity severityAt(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (today.isAfter(last)) {
      return Severity.ERROR;
    }
    return today.plusDays(SOON_DAYS).isAfter(last) ? Severity.WARNING : null;
  }

  private static Map.Entry<String, SupportEnd> end(String system, int year, int month, int day) {
    return Map.entry(system, new SupportEnd(LocalDate.of(year, month, day)));
  }
}
