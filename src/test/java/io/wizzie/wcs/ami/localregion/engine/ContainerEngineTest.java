package io.wizzie.wcs.ami.localregion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.localregion.engine.ContainerRuntime.Kind;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.Guest;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.GuestRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine asks of a container program; whether guests then work is the other test's. */
class ContainerEngineTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ID = "i-0123456789abcdef0";
  private static final String NO_SUCH = "Error: no such object";

  private final List<Duration> pauses = new ArrayList<>();
  private final FakeCommandRunner runner = new FakeCommandRunner();

  @TempDir Path folder;

  @BeforeEach
  void aNetworkAndTheImage() {
    runner
        .prints(
            "network inspect wcs-ami",
            "[{\"name\": \"wcs-ami\", \"subnets\": [{\"subnet\": \"10.89.0.0/24\"}]}]")
        .prints("image inspect", "[{\"Id\": \"sha256:abcdef0123456789abcd\", \"Size\": 1000}]");
  }

  @Test
  void podmanRunsASystemWhoseFileSystemIsWhollyItsOwn() throws IOException {
    Guest guest = podman().launch(request("ami-1", null));

    List<String> command = runner.only(" run ");
    assertThat(command)
        .startsWith("podman", "--runtime", "runc", "run", "--detach", "--pull", "never")
        .containsSequence("--hostname", "ip-10-0-0-1")
        .containsSequence("--network", "wcs-ami", "--ip", address(guest))
        .containsSequence("--mac-address", "06:00:00:00:00:01")
        .containsSequence("--label", "io.wizzie.wcs-ami.instance=" + ID)
        .containsSequence("--label", "io.wizzie.wcs-ami.address=" + address(guest))
        .containsSequence("--cgroupns", "private")
        .containsSequence("--stop-signal", "SIGRTMIN+3")
        .containsSequence("--restart", "on-failure:100")
        .containsSequence("--volume", folder + "/guests/" + ID + "/run:/run/wcs-ami:ro")
        .containsSequence("--ulimit", "nofile=20000:20000")
        .contains("--privileged", "--systemd=false", "--pids-limit=-1")
        .endsWith("localhost/wcs-ami/" + region() + "/ami-1:latest", "/run/wcs-ami/guest-init")
        // Neither /tmp nor the journal is on memory: they have to be in the image.
        .noneMatch(word -> word.startsWith("/tmp:") || word.startsWith("/var/log"));
    assertThat(guest.running()).isTrue();
  }

  @Test
  void dockerGetsTheSameWithoutPodmansWords() throws IOException {
    runner.prints(
        "network inspect wcs-ami",
        "[{\"Name\": \"wcs-ami\", \"IPAM\": {\"Config\": [{\"Subnet\": \"172.18.0.0/16\"}]}}]");

    Guest guest = docker().launch(request("localhost/wcs-ami/base:1", null));

    assertThat(address(guest)).startsWith("172.18.");
    assertThat(runner.only(" run "))
        .startsWith("docker", "run", "--detach", "--pull", "never")
        .containsSequence("--env", "container=docker")
        .containsSequence("--cgroupns", "private")
        .containsSequence("--ip", address(guest))
        .endsWith("localhost/wcs-ami/base:1", "/run/wcs-ami/guest-init")
        .noneMatch(word -> word.contains("--systemd") || word.contains("notmpcopyup"));
  }

  @Test
  void dockersNetworkIsMadeAgainWithTheSubnetItFoundFree() throws IOException {
    var once =
        new CommandRunner() {
          int inspected;

          @Override
          public Outcome run(
              List<String> command,
              java.time.Duration timeout,
              java.util.function.Consumer<String> progress) {
            Outcome outcome = runner.run(command, timeout, progress);
            return command.contains("inspect") && command.contains("network") && inspected++ == 0
                ? new Outcome(1, "", "Error response from daemon: network wcs-ami not found")
                : outcome;
          }
        };

    engine(once, new ContainerRuntime(Kind.DOCKER, List.of("docker"), false, List.of()), settings())
        .launch(request("ami-1", null));

    assertThat(runner.lines().stream().filter(line -> line.startsWith("docker network")))
        .containsExactly(
            "docker network inspect wcs-ami",
            "docker network create --label io.wizzie.wcs-ami.network=guests wcs-ami",
            "docker network inspect wcs-ami",
            "docker network rm wcs-ami",
            "docker network create --label io.wizzie.wcs-ami.network=guests --subnet 10.89.0.0/24"
                + " wcs-ami",
            "docker network inspect wcs-ami");
  }

  @Test
  void withoutRootAGuestIsPublishedOnALoopbackAddressOfItsOwn() throws IOException {
    ContainerRuntime rootless =
        new ContainerRuntime(Kind.PODMAN, List.of("podman"), true, List.of());

    Guest guest = engine(runner, rootless, published(2222)).launch(request("ami-1", null));

    assertThat(address(guest)).startsWith("127.0.0.").isNotEqualTo("127.0.0.1");
    assertThat(runner.only(" run "))
        .containsSequence("--publish", address(guest) + ":2222:22")
        .doesNotContain("--network", "--ip");
    assertThat(instanceData("metadata.json")).contains("\"publicIpv4\":\"" + address(guest) + "\"");
  }

  @Test
  void withoutRootItSaysHowToGetIt() {
    ContainerRuntime rootless =
        new ContainerRuntime(Kind.PODMAN, List.of("podman"), true, List.of());

    assertThatThrownBy(() -> engine(runner, rootless, settings()).launch(request("ami-1", null)))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("run it as root (with sudo)");
  }

  @Test
  void instanceDataIsTheUsersAlone() throws IOException {
    byte[] script = "#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.UTF_8);
    String userData = Base64.getMimeEncoder().encodeToString(script);

    podman().launch(request("ami-1", userData));

    assertThat(instanceData("user-data")).isEqualTo("#!/bin/sh\n".repeat(20));
    assertThat(instanceData("metadata.json"))
        .contains("\"instance-id\":\"" + ID + "\"")
        .contains("\"ami-id\":\"ami-1\"")
        .contains("\"publicKeys\":{\"build\":\"ssh-ed25519 AAAA\"}")
        .contains("\"launchTime\":\"2026-03-01T12:00:00Z\"");
    assertThat(Files.getPosixFilePermissions(run().resolve("user-data"))).hasSize(2);
    assertThat(Files.isExecutable(run().resolve("guest-init"))).isTrue();
  }

  @Test
  void anAddressThatWasTakenMeanwhileIsNotTriedAgain() {
    runner.fails(" run ", "Error: IPAM error: requested ip address 10.89.0.9 is already allocated");

    assertThatThrownBy(() -> podman().launch(request("ami-1", null)))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("already allocated");

    List<String> tried =
        runner.lines().stream()
            .filter(line -> line.contains(" run "))
            .map(line -> line.replaceFirst(".*--ip (\\S+) .*", "$1"))
            .toList();
    assertThat(tried).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void nothingIsLeftOfAGuestThatCannotStart() {
    runner.fails(" run ", "Error: runc: exec failed");

    assertThatThrownBy(() -> podman().launch(request("ami-1", null)))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining(ID)
        .hasMessageContaining("runc: exec failed");

    assertThat(runner.only(" rm ")).contains("--force", "wcs-ami-" + region() + "-" + ID);
    assertThat(folder.resolve("guests").resolve(ID)).doesNotExist();
  }

  @Test
  void anImageThatIsGoneIsNamed() {
    runner.fails("image inspect", NO_SUCH);

    assertThatThrownBy(() -> podman().launch(request("ami-1", null)))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("/ami-1:latest")
        .hasMessageContaining("--rebuild");
  }

  @Test
  void aRunningGuestHasItsAddress() {
    container("running", true, 0, NOW);

    assertThat(podman().find(ID).map(ContainerEngineTest::address)).contains("10.89.0.9");
  }

  @Test
  void aGuestThatIsNotThereIsEmpty() {
    runner.fails("container inspect", NO_SUCH);

    assertThat(podman().find(ID)).isEmpty();
  }

  @Test
  void anInspectionThatFailsOtherwiseIsAnError() {
    runner.fails("container inspect", "Error: the store is locked");

    assertThatThrownBy(() -> podman().find(ID))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("the store is locked");
  }

  @Test
  void aGuestBetweenEndAndStartOfARebootRuns() {
    container("exited", false, 129, NOW.minusSeconds(1));

    assertThat(podman().find(ID)).map(Guest::running).contains(true);
    assertThat(runner.lines()).noneMatch(line -> line.contains(" start "));
  }

  @Test
  void aRebootThatNobodyFinishedIsFinished() {
    container("exited", false, 129, NOW.minusSeconds(60));

    assertThat(podman().find(ID)).map(Guest::running).contains(true);
    assertThat(runner.only(" start ")).endsWith("wcs-ami-" + region() + "-" + ID);
  }

  @Test
  void aGuestThatWasStoppedInMidRebootStaysStopped() {
    container("exited", false, 129, NOW.minusSeconds(60));
    podman().stop(ID);

    assertThat(podman().find(ID)).contains(new Guest(ID, null, false));
  }

  @Test
  void stopsInAnOrderlyWayWithinTheTimeout() {
    container("running", true, 0, NOW);

    podman().stop(ID);

    assertThat(runner.only(" stop "))
        .endsWith("stop", "-t", "60", "wcs-ami-" + region() + "-" + ID);
  }

  @Test
  void commitsUnderTheReferenceWithTheRegionsLabel() {
    container("exited", false, 0, NOW);

    assertThat(podman().commit(ID, "ami-2")).isEqualTo(1000);

    assertThat(runner.only(" commit "))
        .contains("--pause=false", "LABEL io.wizzie.wcs-ami.region=" + region())
        .endsWith(
            "wcs-ami-" + region() + "-" + ID, "localhost/wcs-ami/" + region() + "/ami-2:latest");
  }

  @Test
  void anImageThatGuestsRunFromLosesItsNameAndGoesLater() {
    String removed = "localhost/wcs-ami/" + region() + "/removed:abcdef0123456789";
    runner
        .prints(" images ", removed + "\n")
        .fails("rmi " + removed, "Error: image used by 12: image is in use by a container");

    podman().removeImage("ami-2");

    assertThat(runner.lines())
        .containsSubsequence(
            "podman --runtime runc tag sha256:abcdef0123456789abcd " + removed,
            "podman --runtime runc rmi localhost/wcs-ami/" + region() + "/ami-2:latest",
            "podman --runtime runc rmi " + removed);
  }

  @Test
  void anImageThatIsNotThereIsRemovedAlready() {
    runner.fails("image inspect", NO_SUCH);

    podman().removeImage("ami-2");

    assertThat(podman().imageSize("ami-2")).isEmpty();
    assertThat(runner.lines()).noneMatch(line -> line.contains("rmi"));
  }

  @Test
  void aResetKeepsANetworkThatAnotherRegionUses() {
    runner.prints("--filter network=wcs-ami", "0123\n");

    podman().reset();

    assertThat(runner.lines()).noneMatch(line -> line.contains("network rm"));
  }

  @Test
  void aResetRemovesGuestsBeforeTheImagesThatTheyRunFrom() {
    runner.prints("ps --all --quiet --filter label", "c1\n");
    container("running", true, 0, NOW);
    runner.prints("images --quiet", "b2\nb1\n");

    podman().reset();

    assertThat(runner.lines())
        .containsSubsequence(
            "podman --runtime runc rm --force --volumes --time 0 wcs-ami-" + region() + "-" + ID,
            "podman --runtime runc rmi --force b2",
            "podman --runtime runc rmi --force b1",
            "podman --runtime runc network rm wcs-ami");
  }

  @Test
  void aGuestHasItsAddressInItsSubnet() {
    String path = "network/interfaces/macs/06:00:00:00:00:01/subnet-ipv4-cidr-block";
    assertThat(podman().network()).isEqualTo("10.89.0.0/24");
    for (int quarter = 0; quarter < 3; quarter++) {
      String subnet = "10.89.0." + 64 * quarter + "/26";
      Map<String, String> metadata = Map.of("mac", "06:00:00:00:00:01", path, subnet);
      GuestRequest request =
          new GuestRequest("i-" + quarter, "ami-1", "ip-10-0-0-1", null, Map.of(), metadata, false);

      String last = address(podman().launch(request)).replaceFirst("^10\\.89\\.0\\.", "");

      assertThat(Integer.parseInt(last)).isBetween(64 * quarter + 2, 64 * quarter + 62);
    }
  }

  @Test
  void aSubnetOfAnotherNetworkThanTheGuestsIsNoConstraint() {
    assertThat(AddressRange.contains("10.89.0.0/24", "10.89.0.64/26")).isTrue();
    assertThat(AddressRange.contains("10.89.0.0/24", "10.89.1.0/26")).isFalse();
    assertThat(AddressRange.contains("10.89.0.0/24", "10.89.0.0/20")).isFalse();
    assertThat(AddressRange.contains("192.168.0.0/16", "192.168.64.0/18")).isTrue();
  }

  @Test
  void aResetTellsOfTheGuestsThatItFindsByTheirLabels() {
    runner.prints("ps --all --quiet --filter label=io.wizzie.wcs-ami.region", "c1\n");
    container("exited", false, 0, NOW);

    assertThat(podman().reset()).containsExactly(ID);
  }

  @Test
  void whatVanishesWhileAnotherProcessRemovesItIsGone() {
    runner
        .prints(" images ", "localhost/wcs-ami/" + region() + "/removed:1\n")
        .failsAtFirst(3, " images ", "Error: locating item: layer not known")
        .failsAtFirst(1, "rmi --force", "Error: b2: image not known")
        .failsAtFirst(1, " tag ", "Error: sha256:abc: image not known")
        .failsAtFirst(1, "network rm", "Error: network is being used");

    podman().removeImage("ami-2");
    podman().reset();

    assertThat(pauses).isEmpty();
  }

  @Test
  void anImageThatIsStillInUseIsTriedAgainForAWhile() {
    runner
        .prints("images --quiet", "b2\n")
        .failsAtFirst(2, "rmi --force", "Error: image is in use by a container");
    podman().reset();
    assertThat(pauses).hasSize(2);

    runner.fails("rmi --force", "Error: image has dependent child images");
    assertThatThrownBy(() -> podman().reset())
        .isInstanceOf(BuildException.class)
        .hasMessage(
            "Another process uses 1 images of the local region. Try again when it has ended.");
  }

  private void container(String status, boolean running, int exitCode, Instant finished) {
    runner.prints(
        "container inspect",
        """
        [{"Image": "sha256:ab", "Config": {"Labels": {
            "io.wizzie.wcs-ami.instance": "%s", "io.wizzie.wcs-ami.address": "10.89.0.9"}},
          "State": {"Status": "%s", "Running": %s, "ExitCode": %d, "FinishedAt": "%s"}}]
        """
            .formatted(ID, status, running, exitCode, finished));
  }

  private static GuestRequest request(String imageRef, @Nullable String userData) {
    return new GuestRequest(
        ID,
        imageRef,
        "ip-10-0-0-1",
        userData,
        Map.of("build", "ssh-ed25519 AAAA"),
        Map.of("ami-id", imageRef, "mac", "06:00:00:00:00:01"),
        false);
  }

  private ContainerEngine podman() {
    return engine(
        runner,
        new ContainerRuntime(
            Kind.PODMAN,
            List.of("podman", "--runtime", "runc"),
            false,
            List.of("--ulimit", "nofile=20000:20000")),
        settings());
  }

  private ContainerEngine docker() {
    return engine(
        runner, new ContainerRuntime(Kind.DOCKER, List.of("docker"), false, List.of()), settings());
  }

  private ContainerEngine engine(
      CommandRunner runner, ContainerRuntime runtime, EngineSettings settings) {
    return new ContainerEngine(
        settings, runner, runtime, Clock.fixed(NOW, ZoneOffset.UTC), pauses::add);
  }

  private EngineSettings settings() {
    return EngineSettings.in(folder);
  }

  private EngineSettings published(int port) {
    EngineSettings usual = settings();
    return new EngineSettings(folder, usual.network(), usual.subnet(), port, usual.stopTimeout());
  }

  private String region() {
    return RegionId.of(folder);
  }

  private Path run() {
    return folder.resolve("guests").resolve(ID).resolve("run");
  }

  private String instanceData(String file) throws IOException {
    return Files.readString(run().resolve(file));
  }

  private static String address(Guest guest) {
    InetAddress address = guest.address();
    return address == null ? "none" : address.getHostAddress();
  }
}
