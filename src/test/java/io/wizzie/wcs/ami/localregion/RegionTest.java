package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** A region with a fake engine and a clock of the test's own, and the real SDK in front of it. */
abstract class RegionTest {
  static final Duration DELAY = Duration.ofSeconds(10);
  static final RegionTimings TIMINGS =
      new RegionTimings(
          DELAY, DELAY, DELAY, DELAY, DELAY, DELAY, Duration.ofSeconds(3), Duration.ofHours(1));
  static final BaseImage BASE = FakeGuestEngine.BASE;

  @TempDir Path folder;

  final FakeGuestEngine engine = new FakeGuestEngine(BASE.imageRef());
  final TestClock clock = new TestClock();
  private final List<AutoCloseable> open = new ArrayList<>();
  LocalRegion region;
  Ec2Client ec2;

  @BeforeEach
  void openTheRegion() {
    region = reopened();
    ec2 = client("local");
  }

  @AfterEach
  void closeTheRegion() throws Exception {
    engine.failOn(null);
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  /**
   * A second process, as far as one can tell; guests are worked on before a request is answered.
   */
  final LocalRegion reopened() {
    LocalRegion opened = region(folder, 0, engine, BASE, Runnable::run);
    open.add(opened);
    return opened;
  }

  final void closeLater(AutoCloseable one) {
    open.add(one);
  }

  final Ec2Client client(String name) {
    return client(region, name);
  }

  final Ec2Client client(LocalRegion target, String name) {
    Ec2Client client =
        Ec2Client.builder()
            .endpointOverride(target.endpoint())
            .region(Region.of(name))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        target.accessKey().id(), target.accessKey().secret().revealUtf8())))
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .build())
            .build();
    open.add(client);
    return client;
  }

  /** The code of EC2's refusal of a call. */
  static String refusal(ThrowingCallable call) {
    return refused(call).awsErrorDetails().errorCode();
  }

  static Ec2Exception refused(ThrowingCallable call) {
    Ec2Exception refusal = catchThrowableOfType(Ec2Exception.class, call);
    if (refusal == null) {
      throw new AssertionError("The call was not refused");
    }
    return refusal;
  }

  final void later() {
    clock.advance(DELAY);
  }

  final Image baseImage() {
    return ec2.describeImages(DescribeImagesRequest.builder().owners("amazon").build())
        .images()
        .get(0);
  }

  final RunInstancesRequest.Builder oneInstance() {
    return RunInstancesRequest.builder()
        .imageId(baseImage().imageId())
        .instanceType("t3.large")
        .minCount(1)
        .maxCount(1);
  }

  final Instance launched(RunInstancesRequest.Builder request) {
    return ec2.runInstances(request.build()).instances().get(0);
  }

  final Instance running(RunInstancesRequest.Builder request) {
    Instance instance = launched(request);
    later();
    return described(instance.instanceId());
  }

  final Instance running() {
    return running(oneInstance());
  }

  final Instance stopped(RunInstancesRequest.Builder request) {
    Instance instance = running(request);
    ec2.stopInstances(StopInstancesRequest.builder().instanceIds(instance.instanceId()).build());
    later();
    return described(instance.instanceId());
  }

  final void terminate(String instanceId) {
    ec2.terminateInstances(TerminateInstancesRequest.builder().instanceIds(instanceId).build());
  }

  final Instance described(String instanceId) {
    return ec2.describeInstances(DescribeInstancesRequest.builder().instanceIds(instanceId).build())
        .reservations()
        .get(0)
        .instances()
        .get(0);
  }

  final String stateOf(String instanceId) {
    return described(instanceId).state().nameAsString();
  }

  final Image image(String imageId) {
    return ec2.describeImages(DescribeImagesRequest.builder().imageIds(imageId).build())
        .images()
        .get(0);
  }

  /** An available image of a stopped instance. */
  final String imaged(String name) {
    Instance instance = stopped(oneInstance());
    String imageId =
        ec2.createImage(
                CreateImageRequest.builder().instanceId(instance.instanceId()).name(name).build())
            .imageId();
    later();
    return imageId;
  }

  /** A region of the project's own policy, whose guests are worked on by the executor. */
  LocalRegion region(
      Path folder, int port, GuestEngine engine, @Nullable BaseImage base, Executor workers) {
    Policy policy = Policy.ofTheProject();
    return new LocalRegion(folder, port, engine, clock, TIMINGS, base, policy, workers, () -> {});
  }
}
