package io.wizzie.wcs.ami.localregion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.localregion.model.GuestEngine.Guest;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.GuestRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real guests on this machine's container program. */
class ContainerEngineIT {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final String TOKEN =
      "curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60'"
          + " http://169.254.169.254/latest/api/token";

  @TempDir static Path folder;

  private static ContainerEngine engine;
  private static SshClient ssh;
  private static String base;

  @BeforeAll
  static void makeTheBaseImage() {
    engine = ContainerEngine.open(EngineSettings.in(folder.resolve("region")));
    ssh = new SshClient(folder);
    base = engine.baseImages(null).ensure(false, System.err::println).imageRef();
  }

  @AfterEach
  void removeGuests() {
    engine.guests().forEach(engine::remove);
  }

  @AfterAll
  static void reset() {
    engine.reset();
  }

  @Test
  void anInstanceIsSetUpByCloudInitFromItsInstanceData() throws Exception {
    Instant start = Instant.now();
    Guest guest = launch(base, "#!/bin/sh\nhostname >/root/user-data-ran\n");
    Duration launched = Duration.between(start, Instant.now());
    Duration login = ssh.waitForLogin(guest);
    System.err.printf(
        "launch %d ms, login after another %d ms%n", launched.toMillis(), login.toMillis());

    String status = ssh.run(guest, "cloud-init status --wait --long");
    assertThat(status).contains("status: done").contains("DataSourceEc2").doesNotContain("rror");
    assertThat(ssh.run(guest, "hostname")).isEqualTo("ip-10-0-0-1");
    assertThat(ssh.run(guest, "sudo cat /root/user-data-ran")).isEqualTo("ip-10-0-0-1");
    assertThat(ssh.run(guest, "cat /var/lib/cloud/data/instance-id")).isEqualTo(guest.instanceId());
    assertThat(ssh.run(guest, "systemctl is-system-running --wait")).isEqualTo("running");
    assertThat(ssh.run(guest, "sudo passwd -S root")).startsWith("root L ");
  }

  @Test
  void theMetadataServiceWantsATokenAndAnswersLikeEc2s() throws Exception {
    Guest guest = launch(base, "#cloud-config\n{}\n");
    ssh.waitForLogin(guest);

    String url = "http://169.254.169.254/latest/";
    assertThat(ssh.run(guest, "curl -s -o /dev/null -w '%{http_code}' " + url + "meta-data/"))
        .isEqualTo("401");
    assertThat(ssh.run(guest, "curl -s -o /dev/null -w '%{http_code}' -X PUT " + url + "api/token"))
        .isEqualTo("400");
    assertThat(metadata(guest, "meta-data/instance-id")).isEqualTo(guest.instanceId());
    assertThat(metadata(guest, "meta-data/local-ipv4"))
        .isEqualTo(String.valueOf(guest.address()).replaceFirst(".*/", ""));
    assertThat(metadata(guest, "meta-data/network/interfaces/macs/"))
        .isEqualTo(mac(guest.instanceId()) + "/");
    assertThat(ssh.run(guest, "cat /sys/class/net/eth0/address"))
        .isEqualTo(mac(guest.instanceId()));
    assertThat(metadata(guest, "meta-data/public-keys/")).isEqualTo("0=build");
    assertThat(metadata(guest, "meta-data/public-keys/0/openssh-key")).isEqualTo(ssh.publicKey());
    assertThat(metadata(guest, "meta-data/tags/instance").lines())
        .containsExactlyInAnyOrder("Name", "owner");
    assertThat(metadata(guest, "meta-data/tags/instance/Name")).isEqualTo("wcs test");
    assertThat(metadata(guest, "user-data")).isEqualTo("#cloud-config\n{}");
    assertThat(metadata(guest, "dynamic/instance-identity/document"))
        .contains("\"instanceId\": \"" + guest.instanceId() + "\"")
        .contains("\"region\": \"local\"");
    assertThat(
            ssh.run(guest, "curl -s -o /dev/null -w '%{http_code}' " + token() + url + "nothing"))
        .isEqualTo("404");
  }

  @Test
  void compressedAndMultiPartUserDataReachCloudInit() throws Exception {
    Guest compressed = launchCompressed(base, gzip("#!/bin/sh\ntouch /root/from-gzip\n"));
    String parts =
        """
        Content-Type: multipart/mixed; boundary="=="
        MIME-Version: 1.0

        --==
        Content-Type: text/x-shellscript

        #!/bin/sh
        touch /root/from-script
        --==
        Content-Type: text/cloud-config

        write_files:
          - path: /root/from-config
            content: x
        --==--
        """;
    Guest multiPart = launch(base, parts);

    ssh.waitForLogin(compressed);
    ssh.waitForLogin(multiPart);
    ssh.run(compressed, "cloud-init status --wait && sudo test -e /root/from-gzip");
    ssh.run(
        multiPart,
        "cloud-init status --wait && sudo test -e /root/from-script -a -e /root/from-config");
  }

  @Test
  void anInstanceOfACommittedImageIsANewOneWithTheFilesOfTheOld() throws Exception {
    Guest first = launch(base, null);
    ssh.waitForLogin(first);
    ssh.run(
        first,
        "cloud-init status --wait && echo leaked >/tmp/leak"
            + " && sudo mkdir -p /var/lib/cloud/scripts/per-instance"
            + " && printf '#!/bin/sh\\ncat /var/lib/cloud/data/instance-id >>/root/per-instance\\n'"
            + " | sudo tee /var/lib/cloud/scripts/per-instance/hook"
            + " && sudo chmod 755 /var/lib/cloud/scripts/per-instance/hook"
            // As chef's edits do it: a new file is renamed over the old one.
            + " && sudo cp /etc/hosts /etc/hosts.new && sudo mv /etc/hosts.new /etc/hosts");
    String hostKey = ssh.run(first, "cat /etc/ssh/ssh_host_ed25519_key.pub");

    Instant start = Instant.now();
    engine.stop(first.instanceId());
    Instant stopped = Instant.now();
    long size = engine.commit(first.instanceId(), "ami-0123");
    Instant committed = Instant.now();
    System.err.printf(
        "stop %d ms, commit %d ms%n",
        Duration.between(start, stopped).toMillis(),
        Duration.between(stopped, committed).toMillis());
    engine.remove(first.instanceId());
    Guest second = launch("ami-0123", null);
    ssh.waitForLogin(second);

    assertThat(engine.imageSize("ami-0123")).contains(size);
    assertThat(ssh.run(second, "cloud-init status --wait")).contains("done");
    assertThat(ssh.run(second, "sudo cat /root/per-instance")).isEqualTo(second.instanceId());
    assertThat(ssh.run(second, "cat /etc/ssh/ssh_host_ed25519_key.pub")).isNotEqualTo(hostKey);
    assertThat(ssh.run(second, "hostname")).isEqualTo("ip-10-0-0-1");
    // systemd empties /tmp at boot; what was in it can be seen in the image alone.
    assertThat(inImage("ami-0123", "cat", "/tmp/leak")).isEqualTo("leaked");
    assertThat(inImage("ami-0123", "ls", "/run")).doesNotContain("wcs-ami");

    engine.removeImage("ami-0123");
    assertThat(engine.imageSize("ami-0123")).isEmpty();
    assertThat(ssh.run(second, "id -un")).isEqualTo("admin");
  }

  @Test
  void aRebootFromInsideBringsTheGuestBackAtItsAddress() throws Exception {
    Guest guest = launch(base, null);
    ssh.waitForLogin(guest);
    ssh.run(guest, "cloud-init status --wait && echo kept >kept");
    String boot = ssh.run(guest, "cat /proc/sys/kernel/random/boot_id");

    Instant start = Instant.now();
    ssh.attempt(guest, "sudo systemctl reboot");
    eventually(
        () -> {
          var now = ssh.attempt(guest, "cat /proc/sys/kernel/random/boot_id");
          return now.succeeded() && !now.stdout().strip().equals(boot);
        });
    System.err.printf("reboot %d ms%n", Duration.between(start, Instant.now()).toMillis());

    assertThat(engine.find(guest.instanceId())).contains(guest);
    assertThat(ssh.run(guest, "cat kept")).isEqualTo("kept");
    assertThat(metadata(guest, "meta-data/local-ipv4"))
        .isEqualTo(String.valueOf(guest.address()).replaceFirst(".*/", ""));
  }

  @Test
  void aShutdownFromInsideStopsTheGuest() throws Exception {
    Guest guest = launch(base, null);
    ssh.waitForLogin(guest);

    ssh.attempt(guest, "sudo shutdown -P now");
    eventually(() -> !engine.find(guest.instanceId()).orElseThrow().running());

    Guest again = engine.start(guest.instanceId());
    ssh.waitForLogin(again);
    assertThat(again).isEqualTo(guest);
  }

  @Test
  void aShutdownFromInsideEndsTheGuestThatAsksForItForGood() throws Exception {
    Guest guest = launch(base, null, true);
    ssh.waitForLogin(guest);

    ssh.attempt(guest, "sudo shutdown -P now");
    eventually(() -> !engine.find(guest.instanceId()).orElseThrow().running());

    assertThatThrownBy(() -> engine.start(guest.instanceId()))
        .hasMessageContaining("has terminated itself");
    engine.remove(guest.instanceId());
    assertThat(engine.find(guest.instanceId())).isEmpty();
  }

  @Test
  void aStopFromOutsideCanBeTakenBackEvenIfShutdownsTerminate() throws Exception {
    Guest guest = launch(base, null, true);
    ssh.waitForLogin(guest);

    engine.stop(guest.instanceId());

    assertThat(engine.find(guest.instanceId()))
        .contains(new Guest(guest.instanceId(), null, false));
    assertThat(engine.start(guest.instanceId())).isEqualTo(guest);
  }

  @Test
  void whatAGuestDoesToItsKernelDoesNotReachTheHost() throws Exception {
    String before = Files.readString(Path.of("/proc/sys/vm/max_map_count")).strip();
    String huge = "/sys/kernel/mm/transparent_hugepage/enabled";
    String hugeBefore = Files.exists(Path.of(huge)) ? Files.readString(Path.of(huge)) : "";
    Guest guest = launch(base, null);
    ssh.waitForLogin(guest);

    ssh.run(guest, "sudo sysctl -w vm.max_map_count=262177");

    assertThat(ssh.run(guest, "cat /proc/sys/vm/max_map_count")).isEqualTo("262177");
    assertThat(Files.readString(Path.of("/proc/sys/vm/max_map_count")).strip()).isEqualTo(before);
    if (!hugeBefore.isEmpty()) {
      ssh.run(guest, "echo never | sudo tee " + huge);
      assertThat(Files.readString(Path.of(huge))).isEqualTo(hugeBefore);
    }
    assertThat(ssh.attempt(guest, "sudo swapoff -a && sudo date -s 2020-01-01").succeeded())
        .isFalse();
    assertThat(ssh.run(guest, "find /dev -type b")).isEmpty();
  }

  @Test
  void imagesOfImagesCanBeRemovedInAnyOrder() throws Exception {
    Guest first = launch(base, null);
    engine.commit(first.instanceId(), "ami-a");
    Guest second = launch("ami-a", null);
    engine.commit(second.instanceId(), "ami-b");
    assertThat(engine.imageSizes()).containsOnlyKeys("ami-a", "ami-b");

    engine.removeImage("ami-a");
    assertThat(engine.imageSizes()).containsOnlyKeys("ami-b");
    Guest third = launch("ami-b", null);
    ssh.waitForLogin(third);

    engine.removeImage("ami-b");
    engine.guests().forEach(engine::remove);
    assertThat(engine.imageSizes()).isEmpty();
    assertThat(
            run("images", "--quiet", "--filter", "reference=localhost/wcs-ami/" + region() + "/*"))
        .isEmpty();
  }

  @Test
  void anImageOfTheUsersOwnServesAsBaseImage() throws Exception {
    String own = engine.baseImages(base).ensure(false, System.err::println).imageRef();
    try {
      Guest guest = launch(own, null);
      ssh.waitForLogin(guest);

      assertThat(own).isNotEqualTo(base);
      assertThat(ssh.run(guest, "cloud-init status --wait")).contains("done");
      engine.remove(guest.instanceId());
    } finally {
      run("rmi", own);
    }
  }

  @Test
  void guestsOfOneMomentGetAddressesOfTheirOwn() throws Exception {
    var launches =
        Stream.generate(() -> CompletableFuture.supplyAsync(ContainerEngineIT::launchBase))
            .limit(3)
            .toList();

    assertThat(launches.stream().map(CompletableFuture::join).map(Guest::address))
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  private static Guest launchBase() {
    try {
      return launch(base, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Guest launch(String imageRef, @Nullable String userData) throws IOException {
    return launch(imageRef, userData, false);
  }

  private static Guest launchCompressed(String imageRef, byte[] userData) throws IOException {
    return engine.launch(request(imageRef, Base64.getEncoder().encodeToString(userData), false));
  }

  private static Guest launch(String imageRef, @Nullable String userData, boolean terminates)
      throws IOException {
    String encoded =
        userData == null
            ? null
            : Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
    return engine.launch(request(imageRef, encoded, terminates));
  }

  private static GuestRequest request(
      String imageRef, @Nullable String userData, boolean terminates) throws IOException {
    String id = "i-" + UUID.randomUUID().toString().replace("-", "").substring(0, 17);
    return new GuestRequest(
        id,
        imageRef,
        "ip-10-0-0-1",
        userData,
        Map.of("build", ssh.publicKey()),
        Map.of(
            "mac", mac(id),
            "ami-id", "ami-base",
            "instance-type", "t3.large",
            "placement/region", "local",
            "placement/availability-zone", "locala",
            "tags/instance/Name", "wcs test",
            "tags/instance/owner", "me"),
        terminates);
  }

  /** A hardware address of its own for each guest, as the region gives them. */
  private static String mac(String instanceId) {
    return "06" + instanceId.substring("i-".length(), "i-".length() + 10).replaceAll("..", ":$0");
  }

  private static String metadata(Guest guest, String path) {
    return ssh.run(guest, "curl -sf " + token() + "http://169.254.169.254/latest/" + path);
  }

  private static String token() {
    return "-H \"X-aws-ec2-metadata-token: $(" + TOKEN + ")\" ";
  }

  private static String inImage(String imageRef, String... command) {
    List<String> arguments = new ArrayList<>(List.of("run", "--rm"));
    arguments.addAll(HostLimits.flags(HostLimits.read()));
    arguments.add("localhost/wcs-ami/%s/%s".formatted(region(), imageRef));
    arguments.addAll(List.of(command));
    return run(arguments.toArray(String[]::new));
  }

  /** What a verb of the container program prints. */
  private static String run(String... arguments) {
    CommandRunner runner = new ProcessRunner();
    ContainerRuntime runtime = ContainerRuntime.detect(runner, HostLimits.read());
    return runner.run(runtime.command(List.of(arguments)), SOON).stdout().strip();
  }

  private static String region() {
    return RegionId.of(folder.resolve("region"));
  }

  private static void eventually(Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plus(SOON);
    while (!condition.call()) {
      assertThat(Instant.now()).as("time limit").isBefore(end);
      Thread.sleep(200);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
