package io.wizzie.wcs.ami.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.audit.Check.Place;
import io.wizzie.wcs.ami.cloudinit.GuestCleaning;
import io.wizzie.wcs.ami.guest.PodmanGuest;
import io.wizzie.wcs.ami.guest.PodmanShell;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plants each violation in a guest, and sees that exactly its check finds it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestAuditIT {
  private PodmanGuest guest;

  @BeforeAll
  void bootOneGuestForAll() {
    guest = PodmanGuest.boot("i-audited", new byte[0]);
    assertThat(guest.cloudInitStatus()).isIn(0, 2);
    guest.root("mkdir -p /opt/app; mv /etc/apt/sources.list /etc/apt/sources.list.away || true");
    Plant.archive(guest, "0");
  }

  @AfterAll
  void remove() {
    if (guest != null) {
      guest.close();
    }
  }

  private AuditReport audit() {
    PodmanShell shell = guest.shell();
    List<String> removed =
        new GuestCleaning(Clock.systemUTC(), event -> {}).removes(shell, Duration.ofMinutes(2));
    return new GuestAudit(Clock.systemUTC(), Duration.ofMinutes(5)).beforeCleaning(shell, removed);
  }

  @Test
  void findsNothingInACleanGuestAndSaysWhereItLooked() {
    AuditReport report = audit();

    assertThat(report.findings()).isEmpty();
    assertThat(report.unasked()).isEmpty();
    assertThat(report.examined())
        .extracting(Examined::check)
        .containsExactlyInAnyOrderElementsOf(in(Place.GUEST));
    assertThat(report.examined()).allSatisfy(each -> assertThat(each.looked()).isNotEmpty());
  }

  static Stream<Plant> plants() {
    return Plant.inTheGuest().stream();
  }

  /** The plants in as few groups as can be: those that write the same file are not together. */
  static Stream<List<Plant>> groups() {
    List<List<Plant>> groups = new ArrayList<>();
    plants()
        .forEach(
            plant ->
                groups.stream()
                    .filter(group -> group.stream().noneMatch(plant::sharesAFileWith))
                    .findFirst()
                    .orElseGet(
                        () -> {
                          groups.add(new ArrayList<>());
                          return groups.get(groups.size() - 1);
                        })
                    .add(plant));
    return groups.stream();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void findsWhatIsPlantedAndNothingElse(List<Plant> plants) {
    plants.forEach(plant -> guest.root(plant.sow()));
    try {
      List<Finding> findings = audit().findings();

      for (Plant plant : plants) {
        assertThat(findings)
            .anySatisfy(
                finding -> {
                  assertThat(finding.check()).isEqualTo(plant.check());
                  assertThat(finding.place()).isEqualTo(plant.place());
                  assertThat(finding.message()).contains(plant.words());
                });
      }
      assertThat(findings)
          .extracting(finding -> finding.check() + " " + finding.place())
          .isSubsetOf(plants.stream().map(plant -> plant.check() + " " + plant.place()).toList());
    } finally {
      plants.forEach(plant -> guest.root(plant.revert()));
    }
  }

  @Test
  void everyCheckOfTheGuestIsPlanted() {
    assertThat(plants().map(Plant::check).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(in(Place.GUEST));
  }

  @Test
  void leavesToTheCleaningWhatThatTakesAway() {
    guest.root(
        "mkdir -p /root/.wcs-ami /tmp/x; echo ls > /root/.bash_history;"
            + " echo SECRET=1 > /root/.wcs-ami/.env; cp /etc/ssh/ssh_host_*_key /var/tmp;"
            + " echo DB_PASSWORD=x > /tmp/x/.env; cp /etc/ssh/ssh_host_*_key /var/lib/cloud/data");
    try {
      assertThat(audit().findings()).isEmpty();
    } finally {
      guest.root(
          "rm -rf /root/.wcs-ami /root/.bash_history /var/tmp/ssh_host_* /tmp/x"
              + " /var/lib/cloud/data/ssh_host_*");
    }
  }

  @Test
  void takesKeysOfPackagesForWhatTheyAreUnlessSomebodyHasChangedThem() {
    guest.root(
        "mkdir -p /usr/lib/plant; ssh-keygen -q -t ed25519 -N '' -f /usr/lib/plant/test.key;"
            + " echo /usr/lib/plant/test.key > /var/lib/dpkg/info/plant.list;"
            + " touch -d '1 hour ago' /var/lib/dpkg/info/plant.list;"
            + " (cd / && md5sum usr/lib/plant/test.key) > /var/lib/dpkg/info/plant.md5sums");
    try {
      AuditReport report = audit();
      assertThat(report.findings()).isEmpty();
      assertThat(report.examined())
          .anySatisfy(
              each -> assertThat(each.looked()).contains("/usr/lib/plant/test.key (plant)"));

      guest.root("echo >> /usr/lib/plant/test.key");
      assertThat(audit().findings())
          .extracting(Finding::place)
          .containsExactly("/usr/lib/plant/test.key:1");
    } finally {
      guest.root("rm -rf /usr/lib/plant /var/lib/dpkg/info/plant.*");
    }
  }

  @Test
  void saysThatItCanNotAskForUpdatesWhereNoArchiveIsReached() {
    guest.root("echo 'deb [trusted=yes] http://127.0.0.1:9/ ./' > /etc/apt/sources.list");
    try {
      AuditReport report = audit();

      assertThat(report.findings()).isEmpty();
      assertThat(report.unasked())
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.check()).isEqualTo(Check.SECURITY_UPDATES);
                assertThat(each.unasked()).contains("can't be reached");
              });
    } finally {
      guest.root("rm /etc/apt/sources.list");
    }
  }

  @Test
  void asksTheSecurityArchivesAloneHoweverTheyAreWritten() {
    guest.root("mv /etc/apt/sources.list.d/plant.list /root");
    Plant.securityArchive(guest, "99");
    // Nobody answers for the others.
    guest.root("echo 'deb http://127.0.0.1:9/debian x main' > /etc/apt/sources.list");
    try {
      for (String written :
          List.of(
              "deb [trusted=yes] file:/srv/archive x-security main\n",
              """
              Types: deb
              URIs: file:/srv/archive
              Suites: x
               x-updates
               x-security
              Components: main
              Trusted: yes

              # Of the other stanza.
              Types: deb
              URIs: http://127.0.0.1:9/
              Suites: x
              Components: main
              """,
              """
              Types: deb
              URIs: http://127.0.0.1:9/security
              Suites: x
              Components: main
              Enabled: no

              Types: deb
              URIs: file:/srv/archive
              Suites: x-security
              Components: main
              Trusted: yes
              """)) {
        guest.root(
            "cd /etc/apt/sources.list.d; rm -f *; cat > x.%s <<'END'%n%sEND"
                .formatted(written.startsWith("deb") ? "list" : "sources", written));

        AuditReport report = audit();

        assertThat(report.unasked()).as(written).isEmpty();
        assertThat(report.findings())
            .as(written)
            .singleElement()
            .satisfies(
                found -> assertThat(found.message()).contains("hostname", "-> 99 is pending"));
      }
    } finally {
      guest.root(
          "rm -f /etc/apt/sources.list.d/* /etc/apt/sources.list;"
              + " mv /root/plant.list /etc/apt/sources.list.d");
    }
  }

  @Test
  void findsInALaunchedInstanceWhatTheImageHasButNotWhatItsBootMakes() {
    try (PodmanGuest builder = PodmanGuest.boot("i-builder", new byte[0])) {
      builder.root("mv /etc/apt/sources.list /etc/apt/sources.list.away || true");
      Plant.archive(builder, "0");
      List<Plant> plants = Plant.inTheImage();
      plants.forEach(plant -> builder.root(plant.sow()));
      try (PodmanGuest instance = builder.bootImage("i-instance")) {
        assertThat(instance.cloudInitStatus()).isIn(0, 2);
        instance.root(
            "echo DB_PASSWORD=x > /etc/made.env; ssh-keygen -q -t ed25519 -N '' -f /root/made");

        AuditReport report =
            new GuestAudit(Clock.systemUTC(), Duration.ofMinutes(5)).launched(instance.shell());

        assertThat(report.findings())
            .extracting(finding -> finding.check() + " " + finding.place())
            .containsAll(plants.stream().map(each -> each.check() + " " + each.place()).toList())
            .noneMatch(finding -> finding.contains("made"));
        assertThat(plants.stream().map(Plant::check).collect(Collectors.toSet()))
            .containsAll(in(Place.LAUNCHED));
      }
    }
  }

  @Test
  void findsNothingInAnInstanceOfACleanedGuest() {
    try (PodmanGuest builder = PodmanGuest.boot("i-builder", new byte[0])) {
      assertThat(builder.cloudInitStatus()).isIn(0, 2);
      builder.root("mv /etc/apt/sources.list /etc/apt/sources.list.away || true");
      Plant.archive(builder, "0");
      builder.root("echo ls > /root/.bash_history; echo x > /var/tmp/x; echo x > /var/log/x.log");
      new GuestCleaning(Clock.systemUTC(), event -> {}).run(builder.shell(), Duration.ofMinutes(2));
      try (PodmanGuest instance = builder.bootImage("i-instance")) {
        assertThat(instance.cloudInitStatus()).isIn(0, 2);

        AuditReport report =
            new GuestAudit(Clock.systemUTC(), Duration.ofMinutes(5)).launched(instance.shell());

        assertThat(report.findings()).isEmpty();
        assertThat(report.unasked()).isEmpty();
        assertThat(report.examined())
            .extracting(Examined::check)
            .containsExactlyInAnyOrderElementsOf(in(Place.GUEST, Place.LAUNCHED));
      }
    }
  }

  private static Set<Check> in(Place... places) {
    return Arrays.stream(Check.values())
        .filter(check -> List.of(places).contains(check.place()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Check.class)));
  }
}
