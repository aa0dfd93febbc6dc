package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * What {@code make local} makes: the shipped configuration, built once and looked at from all
 * sides.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShippedBuildIT {
  private static final List<Integer> SERVICES = List.of(3000, 8080, 8084, 9092);

  private static Workplace workplace;
  private static Ended build;
  private static Image baseBefore;
  private static Running serving;
  private static AwsCommand aws;

  @BeforeAll
  static void buildAndServe() {
    workplace = Workplace.open();
    try (RegionView region = workplace.region()) {
      baseBefore = region.baseImage();
    }
    build =
        workplace.run(
            "build", "--region", "local", "--verify", "--config", Workplace.SHIPPED.toString());
    build.imageId();
    try (RegionView region = workplace.region()) {
      region.requireNothingBut(build.imageId());
    }
    serving = workplace.start("local", "serve");
    aws = AwsCommand.at(serving.awaitResult(), workplace.stateFolder());
  }

  @AfterAll
  static void removeAll() {
    if (serving != null) {
      serving.signal("INT");
      serving.await();
      serving.close();
    }
    if (workplace != null) {
      workplace.close();
    }
  }

  @Test
  void tellsEveryStageOnStandardErrorInOrder() {
    assertThat(build.stderr())
        .containsSubsequence(
            "resolve: done in",
            "check: done in",
            "access: done in",
            "launch: done in",
            "connect: done in",
            "ready: done in",
            "chef: done in",
            "converge: done in",
            "hook: done in",
            "audit: done in",
            "inventory: done in",
            "clean: done in",
            "stop: done in",
            "image: done in",
            "attributes: done in",
            "audit-image: done in",
            "verify-launch: done in",
            "verify-boot: done in",
            "verify-checks: done in",
            "verify-audit: done in",
            "verify-user-data: done in",
            "finish: done in",
            "nothing is left",
            "Built " + build.imageId(),
            "Manifest: output/",
            "not Chef")
        .contains("bundle: done in")
        .doesNotContain("\u001b", "Exception", "rror:");
    // A pipe gets a time on every line while it builds.
    assertThat(build.stderr().lines().takeWhile(line -> !line.startsWith("Built ")))
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ .*"));
  }

  @Test
  void recordsInTheManifestWhatWasBuiltOfWhat() throws IOException {
    JsonNode manifest =
        new JsonMapper().readTree(workplace.buildFolder().resolve("manifest.json").toFile());

    assertThat(manifest.path("manifestVersion").asInt()).isEqualTo(1);
    assertThat(manifest.path("buildId").asText())
        .isEqualTo(workplace.buildFolder().getFileName().toString());
    assertThat(manifest.path("imageId").asText()).isEqualTo(build.imageId());
    assertThat(manifest.path("region").asText()).isEqualTo("local");
    assertThat(manifest.path("version").asText()).isEqualTo("1.1.0");
    assertThat(manifest.path("sourceImage").path("imageId").asText())
        .isEqualTo(baseBefore.imageId());
    assertThat(manifest.path("chef").path("standIn").asBoolean()).isTrue();
    assertThat(manifest.path("toolVersion").asText()).isNotEmpty();
    assertThat(manifest.path("leftovers")).isEmpty();
    assertThat(manifest.path("cookbooks").findValuesAsText("name"))
        .containsExactly("wcsprov", "wcssample", "wcsbootstrap");
    assertThat(manifest.path("cookbooks").findValuesAsText("sha256"))
        .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    assertThat(manifest.path("stages").findValuesAsText("name"))
        .contains("resolve", "bundle", "converge", "image", "remove");
    try (RegionView region = workplace.region()) {
      assertThat(manifest.path("snapshotIds").get(0).asText())
          .isEqualTo(region.snapshots().get(0).snapshotId());
      assertThat(manifest.path("imageName").asText())
          .isEqualTo(region.image(build.imageId()).name());
    }
  }

  @Test
  void keepsTheWholeStoryInTheBuildsFolderAndNothingSecret() throws IOException {
    Path folder = workplace.buildFolder();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(folder)
        .isDirectoryNotContaining(file -> file.toString().matches(".*(key|bundle).*"));
    String log = Files.readString(folder.resolve("build.log"));
    assertThat(log)
        .contains("STAGE converge started", "chef-solo| ", "Infra Phase complete", "STAGE remove")
        .doesNotContain("PRIVATE KEY");
    assertThat(Files.readString(folder.resolve("events.jsonl"))).doesNotContain("PRIVATE KEY");
    assertThat(Files.readString(folder.resolve("journal.jsonl"))).doesNotContain("PRIVATE KEY");
  }

  @Test
  void makesAnImageThatIsTaggedAndWantsTheSecondMetadataService() {
    try (RegionView region = workplace.region()) {
      Image image = region.image(build.imageId());

      assertThat(image.state()).isEqualTo(ImageState.AVAILABLE);
      assertThat(image.imdsSupportAsString()).isEqualTo("v2.0");
      assertThat(image.rootDeviceTypeAsString()).isEqualTo("ebs");
      assertThat(image.publicLaunchPermissions()).isFalse();
      assertThat(image.blockDeviceMappings().get(0).ebs().volumeSize()).isEqualTo(30);
      assertThat(image.blockDeviceMappings().get(0).ebs().encrypted()).isFalse();
      String buildTag = "wcs-ami:build-id=" + workplace.buildFolder().getFileName();
      assertThat(region.tags(image.imageId()))
          .contains("Name=wcs-1.1.0", "Version=1.1.0", buildTag);
      assertThat(region.tags(region.snapshots().get(0).snapshotId()))
          .contains("Name=wcs-1.1.0", buildTag);
      assertThat(region.baseImage()).isEqualTo(baseBefore);
    }
  }

  @Test
  void theImageItselfHoldsNothingOfTheBuilder() {
    String buildId = workplace.buildFolder().getFileName().toString();

    assertThat(inImage("ls -d /root/.ssh/* /home/*/.ssh/* /etc/ssh/ssh_host_* 2>/dev/null"))
        .isEmpty();
    assertThat(inImage("find / -xdev -name '.*_history' 2>/dev/null")).isEmpty();
    assertThat(inImage("ls -A /root/.wcs-ami /tmp /var/tmp /var/lib/cloud/instances 2>/dev/null"))
        .doesNotContainPattern("[a-z]+[^:\n]*$");
    assertThat(inImage("cat /etc/machine-id")).isEmpty();
    // systemd notes the builder's orderly shutdown in wtmp, after everything else has ended.
    assertThat(inImage("find /var/log -type f -size +0 ! -name wtmp")).isEmpty();
    assertThat(inImage("ls /etc/sudoers.d")).doesNotContain("90-cloud-init-users");
    assertThat(inImage("grep -rlF " + buildId + " /etc /var /root /home /usr/local")).isEmpty();
    assertThat(inImage("grep -rlE 'BEGIN [A-Z ]*PRIVATE KEY' /etc /var /root /home /usr/local"))
        .isEmpty();
    assertThat(inImage("ls /usr/local/etc/wcs/ami /var/lib/cloud/scripts/per-instance"))
        .contains("bootstrap-cookbooks", "chef_conf", "wcs-bootstrap");
  }

  /** Runs a command on the image's files alone: nothing boots. */
  private static String inImage(String command) {
    try (RegionView region = workplace.region()) {
      String image =
          region.engine().imageSizes().keySet().stream()
              .filter(reference -> reference.contains(build.imageId()))
              .findFirst()
              .orElseThrow();
      List<String> podman =
          List.of(
              "podman",
              "run",
              "--rm",
              "--runtime=runc",
              "--network=none",
              "--ulimit=nofile=20000:20000",
              "--ulimit=nproc=4096:4096",
              "--entrypoint=",
              image,
              "sh",
              "-c",
              command + "; true");
      return Running.run(podman).requireSuccess().stdout().strip();
    }
  }

  @Test
  void anInstanceBootstrapsOnceHoldsNothingOfTheBuilderAndServes() {
    LaunchedInstance instance =
        LaunchedInstance.launch(aws, workplace.folder(), build.imageId(), null);
    instance.root("cloud-init status --wait --long");

    assertThat(instance.root("cloud-init status")).isEqualTo("status: done");
    assertThat(instance.root("cat /var/lib/wcs-ami/bootstrap.json"))
        .contains("\"state\": \"converged\"", "\"exitCode\": 0", "\"attempts\": 1", instance.id());
    String buildId = workplace.buildFolder().getFileName().toString();
    assertThat(instance.root("cat /home/*/.ssh/authorized_keys /root/.ssh/authorized_keys"))
        .contains("buyer-")
        .doesNotContain(buildId);
    assertThat(instance.root("cat /etc/ssh/ssh_host_*.pub")).isNotEmpty();
    assertThat(instance.root("ls -A /root/.wcs-ami 2>/dev/null || true")).isEmpty();
    assertThat(
            instance.root(
                "find /tmp /var/tmp -mindepth 1 ! -path '*systemd-private*' ! -name '.*-unix'"))
        .isEmpty();
    assertThat(instance.root("find / -xdev -name '.*_history' -size +0 2>/dev/null")).isEmpty();
    assertThat(instance.root("ls /var/lib/cloud/instances")).isEqualTo(instance.id());
    assertThat(
            instance.root(
                // The journal has this very command.
                "grep -rlF --exclude-dir=journal " + buildId + " /etc /var /root /home || true"))
        .isEmpty();
    assertThat(instance.root("passwd -S root")).startsWith("root L ");
    requireServices(instance);

    String converged = instance.root("cat /var/lib/wcs-ami/bootstrap.json");
    Duration reboot = instance.reboot();
    System.err.println("The reboot of " + instance.id() + " took " + reboot);
    // Containers that did not stop would hold it up for 90 seconds.
    assertThat(reboot).isLessThan(Duration.ofSeconds(60));
    instance.root("cloud-init status --wait");
    assertThat(instance.root("cat /var/lib/wcs-ami/bootstrap.json")).isEqualTo(converged);
    requireServices(instance);

    instance.root("wcs-bootstrap retry");
    assertThat(instance.root("wcs-bootstrap status")).contains("converged (attempt 2");
    assertThat(instance.root("wcs-bootstrap log | grep 'Phase complete' | tail -n 1"))
        .contains(" 0/");
  }

  @Test
  void anInstanceBootstrapsBesideABuyersOwnUserData() {
    Path userData =
        workplace.write(
            "buyer.cfg",
            """
            #cloud-config
            write_files:
              - {path: /etc/buyer, content: "written by the buyer"}
            users:
              - default
              - {name: buyer, shell: /bin/bash}
            runcmd:
              - [sh, -c, 'echo ran > /root/buyer-ran']
            """);

    LaunchedInstance instance =
        LaunchedInstance.launch(aws, workplace.folder(), build.imageId(), userData);
    instance.root("cloud-init status --wait");

    assertThat(instance.root("cat /etc/buyer /root/buyer-ran"))
        .contains("written by the buyer", "ran");
    assertThat(instance.root("id -un buyer")).isEqualTo("buyer");
    assertThat(instance.root("wcs-bootstrap status")).contains("converged (attempt 1");
    requireServices(instance);
  }

  @Test
  void anInstanceFollowsAnotherAddressAfterAStopAndAStart() {
    String env = "/usr/local/etc/wcs/.env";
    String unchanged =
        "sha256sum /usr/local/etc/wcs/ami/secrets.env /var/lib/wcs-ami/bootstrap.json;"
            + " grep -v INTERFACE_IP= "
            + env;
    LaunchedInstance instance =
        LaunchedInstance.launch(aws, workplace.folder(), build.imageId(), null);
    instance.root("cloud-init status --wait --long");
    // The volumes that stand for those of Kafka and PostgreSQL.
    String data =
        "cat $(docker volume inspect -f {{.Mountpoint}}/customers wcs_kafka wcs_postgres)";
    instance.root(data.replace("cat", "echo worth keeping | tee"));
    String before = instance.root(unchanged);
    assertThat(instance.root("cat " + env)).doesNotContain("203.0.113.77");

    try (RegionView region = workplace.region()) {
      region.stop(instance.id());
      region.engine().assignPublicAddress(instance.id(), "203.0.113.77");
      region.engine().start(instance.id());
    }
    instance.awaitStart();
    // Nobody but the boot itself has started it.
    instance.root(
        "for i in $(seq 120); do"
            + " [ $(systemctl show -P ExecMainExitTimestampMonotonic wcs-address) = 0 ] || exit 0;"
            + " sleep 1; done; exit 1");
    assertThat(instance.root("systemctl show -P Result wcs-address")).isEqualTo("success");

    assertThat(instance.root("cat " + env)).contains("INTERFACE_IP=203.0.113.77");
    assertThat(instance.root("stat -c %a " + env)).isEqualTo("600");
    assertThat(instance.root(unchanged)).isEqualTo(before);
    assertThat(instance.root(data)).isEqualTo("worth keeping\nworth keeping");
    assertThat(instance.root("docker inspect $(docker ps -q) | grep /data"))
        .as("a service uses the volume")
        .isNotEmpty();
    assertThat(instance.root("run-parts /etc/update-motd.d 2>/dev/null"))
        .contains("http://203.0.113.77:3000");
    assertThat(instance.root("docker inspect $(docker ps -q) | grep KAFKA_ADVERTISED"))
        .contains("203.0.113.77");
    requireServices(instance);
  }

  private static void requireServices(LaunchedInstance instance) {
    for (int port : SERVICES) {
      // After a reboot they may take a while.
      instance.root(
          "for i in $(seq 120); do bash -c 'exec 3<>/dev/tcp/127.0.0.1/%1$d' 2>/dev/null && exit 0; sleep 1; done; echo no answer on %1$d; exit 1"
              .formatted(port));
    }
  }
}
