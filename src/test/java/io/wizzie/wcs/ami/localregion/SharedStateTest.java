package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import io.wizzie.wcs.ami.localregion.state.WorkLock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The state between processes: shared, taken over, shown, reset. */
class SharedStateTest extends RegionTest {

  @Test
  void twoProcessesSeeTheSameRegion() {
    Ec2Client other = client(reopened(), "local");
    ec2.createKeyPair(CreateKeyPairRequest.builder().keyName("k").keyType("ed25519").build());

    assertThat(
            refusal(
                () ->
                    other.createKeyPair(
                        CreateKeyPairRequest.builder().keyName("k").keyType("ed25519").build())))
        .isEqualTo("InvalidKeyPair.Duplicate");
    other.deleteKeyPair(DeleteKeyPairRequest.builder().keyName("k").build());
    ec2.createKeyPair(CreateKeyPairRequest.builder().keyName("k").keyType("ed25519").build());
  }

  @Test
  void nothingIsLostWhenManyWriteAtOnce() throws Exception {
    List<Ec2Client> clients =
        List.of(ec2, client(reopened(), "local"), client(reopened(), "local"));
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<String>> calls =
          IntStream.range(0, 30)
              .<Callable<String>>mapToObj(
                  number ->
                      () ->
                          clients
                              .get(number % 3)
                              .createSecurityGroup(
                                  CreateSecurityGroupRequest.builder()
                                      .groupName("g" + number)
                                      .description("d")
                                      .build())
                              .groupId())
              .toList();
      for (Future<String> call : threads.invokeAll(calls)) {
        assertThat(call.get()).startsWith("sg-");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(ec2.describeSecurityGroups().securityGroups()).hasSize(31);
  }

  @Test
  void theNextProcessDoesWhatAnEarlierOneLeftUndone() {
    // A process that dies: it wrote down what was asked, and did nothing.
    Queue<Runnable> neverDone = new ArrayDeque<>();
    LocalRegion dying = region(folder, 0, engine, BASE, neverDone::add);
    ec2 = client(dying, "local");
    String id = launched(oneInstance()).instanceId();
    later();
    assertThat(stateOf(id)).isEqualTo("pending");
    assertThat(neverDone).isNotEmpty();

    ec2 = client(reopened(), "local");
    assertThat(stateOf(id)).isEqualTo("running");
    assertThat(engine.guests()).containsExactly(id);
    dying.close();
  }

  @Test
  void aRegionThatCanNotBeOpenedLeavesItsPortToOthers() throws Exception {
    Queue<Runnable> neverDone = new ArrayDeque<>();
    LocalRegion dying = region(folder, 0, engine, BASE, neverDone::add);
    ec2 = client(dying, "local");
    launched(oneInstance());
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("no thread");
        };

    assertThatThrownBy(() -> region(folder, port, engine, BASE, refusing)).hasMessage("no thread");

    LocalRegion next = region(folder, port, engine, BASE, Runnable::run);
    assertThat(next.endpoint().getPort()).isEqualTo(port);
    next.close();
    dying.close();
    ec2 = client(reopened(), "local");
  }

  @Test
  void aLaunchThatAProcessDiedInIsBegunAfresh() {
    FakeGuestEngine dies = new FakeGuestEngine(BASE.imageRef());
    dies.dieOnLaunch();
    LocalRegion dying = region(folder, 0, dies, BASE, SharedStateTest::untilDeath);
    ec2 = client(dying, "local");
    launched(oneInstance());

    ec2 = client(reopened(), "local");
    String id = engine.guests().get(0);
    later();
    assertThat(stateOf(id)).isEqualTo("running");
    assertThat(engine.calls()).containsExactly("remove " + id, "launch " + id);
    dying.close();
  }

  @Test
  void anInterruptEndsTheWaitForWhatIsToBeDoneAtTheClosing() {
    Queue<Runnable> neverDone = new ArrayDeque<>();
    LocalRegion closing = region(folder, 0, engine, BASE, neverDone::add);
    ec2 = client(closing, "local");
    String id = launched(oneInstance()).instanceId();

    Thread.currentThread().interrupt();
    assertThatThrownBy(closing::close)
        .hasMessageContaining("work undone on {" + id)
        .hasMessageContaining("The next start tries again");

    assertThat(Thread.interrupted()).as("the flag is set again").isTrue();
  }

  @Test
  void closingDoesNotWaitForWhatAnotherProcessIsAt() {
    Queue<Runnable> never = new ArrayDeque<>();
    LocalRegion other = region(folder, 0, engine, BASE, never::add);
    ec2 = client(other, "local");
    String id = launched(oneInstance()).instanceId();
    try (LockFile held = WorkLock.tryTake(other.folder(), id).orElseThrow()) {
      reopened().close();
      assertThat(held.valid()).isTrue();
    }
    assertThat(engine.guests()).isEmpty();

    reopened();
    assertThat(engine.guests()).containsExactly(id);
    other.close();
  }

  @Test
  void locksOfWhatIsNoMoreAreSweptAway() throws Exception {
    String gone = running().instanceId();
    terminate(gone);
    clock.advance(Duration.ofMinutes(62));
    String there = running().instanceId();
    reopened();

    try (Stream<Path> locks = Files.list(folder.resolve("work"))) {
      assertThat(locks.map(lock -> lock.getFileName().toString()))
          .containsExactly(there + ".lock")
          .doesNotContain(gone);
    }
  }

  @Test
  void aRegionCanBeLookedAtWithoutABaseImage() {
    String registered = baseImage().imageId();
    LocalRegion looking = region(folder, 0, engine, null, Runnable::run);

    assertThat(looking.status().baseImage()).isNull();
    assertThat(looking.status().regions()).hasSize(1);
    looking.close();
    assertThat(baseImage().imageId()).isEqualTo(registered);
  }

  @Test
  void theStatusKnowsOfGuestsThatAreGone() {
    String id = running().instanceId();
    engine.lose(id);

    region.status();
    later();
    assertThat(region.status().regions().get(0).instances())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.state()).isEqualTo("terminated");
              assertThat(one.reason()).contains("not through this endpoint");
            });
  }

  @Test
  void closingWaitsForTheEndOfGuestsThatAreToBeGone() {
    Queue<Runnable> inBackground = new ArrayDeque<>();
    LocalRegion slow = region(folder, 0, engine, BASE, inBackground::add);
    ec2 = client(slow, "local");
    String id = launched(oneInstance()).instanceId();
    terminate(id);
    inBackground.forEach(Runnable::run);
    slow.close();

    assertThat(engine.guests()).isEmpty();
  }

  @Test
  void closingSaysWhichGuestCouldNotBeRemoved() {
    LocalRegion other = reopened();
    ec2 = client(other, "local");
    String id = running().instanceId();
    engine.failOn("remove");
    terminate(id);

    assertThatThrownBy(other::close)
        .isInstanceOf(BuildException.class)
        .hasMessageContaining(id)
        .hasMessageContaining("podman remove failed");
  }

  @Test
  void theStateIsForItsOwnerOnly() throws Exception {
    ec2.describeSubnets();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("local.json"))))
        .isEqualTo("rw-------");
    Path made = folder.resolve("a").resolve("b");
    region(made, 0, engine, BASE, Runnable::run).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @Test
  void aStateOfAnotherVersionIsLeftAlone() throws Exception {
    ec2.describeSubnets();
    Path file = folder.resolve("local.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"version\" : 1", "\"version\" : 2"));

    assertThat(refused(() -> ec2.describeSubnets())).hasMessageContaining("another version");
    assertThat(Files.readString(file)).contains("\"version\" : 2");
    Files.delete(file);
  }

  @Test
  void aNewBaseImageTakesThePlaceOfTheOldOne() {
    String old = baseImage().imageId();
    String id = running().instanceId();
    BaseImage rebuilt =
        new BaseImage(
            "localhost/wcs-ami/base:new",
            "wcs-ami-local/debian-12-amd64-20260201",
            clock.instant(),
            9L << 30,
            "x86_64");
    LocalRegion next = region(folder, 0, engine, rebuilt, Runnable::run);
    ec2 = client(next, "local");

    assertThat(
            ec2.describeImages(DescribeImagesRequest.builder().owners("amazon").build()).images())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.imageId()).isNotEqualTo(old);
              assertThat(image.name()).isEqualTo(rebuilt.name());
              assertThat(image.blockDeviceMappings().get(0).ebs().volumeSize()).isEqualTo(9);
            });
    assertThat(described(id).imageId()).isEqualTo(old);
    assertThat(engine.images()).contains(BASE.imageRef());
    next.close();
  }

  @Test
  void theStatusShowsWhatTheRegionsHold() {
    String instance =
        running(
                oneInstance()
                    .tagSpecifications(InstancesTest.tagged(ResourceType.INSTANCE, "Name", "b")))
            .instanceId();
    String image = imaged("wcs");
    ec2 = client("eu-west-1");
    ec2.describeSubnets();

    RegionStatus status = region.status();

    assertThat(status.regions())
        .extracting(RegionStatus.Region::name)
        .containsExactly("eu-west-1", "local");
    RegionStatus.Region local = status.regions().get(1);
    assertThat(local.images())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id()).isEqualTo(image);
              assertThat(one.name()).isEqualTo("wcs");
              assertThat(one.state()).isEqualTo("available");
              assertThat(one.sizeBytes()).isEqualTo(2L << 30);
            });
    assertThat(local.instances()).hasSize(2);
    assertThat(local.instances().get(0).id()).isEqualTo(instance);
    assertThat(local.instances().get(0).name()).isEqualTo("b");
    assertThat(local.instances().get(0).address()).isEqualTo("10.88.0.2");
    assertThat(local.instances().get(1).state()).isEqualTo("stopped");
    assertThat(local.snapshots()).hasSize(1);
    assertThat(status.baseImage()).isEqualTo(BASE);
  }

  @Test
  void aResetRemovesEverythingButTheBaseImage() throws Exception {
    running();
    imaged("wcs");
    ec2 = client("eu-west-1");
    running();
    region.reset();

    assertThat(engine.guests()).isEmpty();
    assertThat(engine.images()).containsExactly(BASE.imageRef());
    assertThat(region.status().regions()).isEmpty();
    assertThat(ec2.describeInstances().reservations()).isEmpty();
    assertThat(baseImage().name()).isEqualTo(BASE.name());
  }

  @Test
  void aResetThatFailsForgetsNothing() {
    String id = running().instanceId();
    engine.failOn("remove");

    assertThatThrownBy(() -> region.reset()).hasMessageContaining(id);
    engine.failOn(null);
    region.reset();
    assertThat(engine.guests()).isEmpty();
  }

  private static void untilDeath(Runnable task) {
    assertThatThrownBy(task::run).hasMessage("The process died");
  }
}
