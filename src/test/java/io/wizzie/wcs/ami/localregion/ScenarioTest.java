package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.localregion.log.ActionEntry;
import io.wizzie.wcs.ami.localregion.log.ActionLogReader;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Time and trouble on demand, as a client meets them. */
class ScenarioTest extends RegionTest {

  @Test
  void statesLastAsLongAsTheScenarioSays() {
    scenario("{'delays': {'instance': {'pending': '1m', 'stopping': '2m'}}}");
    String id = launched(oneInstance()).instanceId();
    seconds(59);
    assertThat(stateOf(id)).isEqualTo("pending");
    seconds(1);
    assertThat(stateOf(id)).isEqualTo("running");

    ec2.stopInstances(StopInstancesRequest.builder().instanceIds(id).build());
    seconds(119);
    assertThat(stateOf(id)).isEqualTo("stopping");
    seconds(1);
    assertThat(stateOf(id)).isEqualTo("stopped");
  }

  @Test
  void imagesArePendingAsLongAsTheScenarioSays() {
    Instance instance = stopped(oneInstance());
    scenario("{'delays': {'image': {'pending': '1h'}}}");
    String imageId =
        ec2.createImage(
                CreateImageRequest.builder().instanceId(instance.instanceId()).name("one").build())
            .imageId();

    clock.advance(Duration.ofMinutes(59));
    assertThat(image(imageId).state()).isEqualTo(ImageState.PENDING);
    clock.advance(Duration.ofMinutes(1));
    assertThat(image(imageId).state()).isEqualTo(ImageState.AVAILABLE);
  }

  @Test
  void noStateGoesBackWhenTheScenarioChanges() {
    String before = running().instanceId();
    scenario("{'delays': {'instance': {'pending': '1h'}}}");
    assertThat(stateOf(before)).isEqualTo("running");

    String during = launched(oneInstance()).instanceId();
    later();
    assertThat(stateOf(during)).isEqualTo("pending");
    book().clear();
    assertThat(stateOf(during)).isEqualTo("running");
    scenario("{'delays': {'instance': {'pending': '2h'}}}");
    assertThat(stateOf(during)).isEqualTo("running");
  }

  @Test
  void whatWasJustCreatedIsNotFound() {
    scenario("{'eventualConsistency': {'instance': '2s'}}");
    String id = launched(oneInstance()).instanceId();

    DescribeInstancesRequest byId = DescribeInstancesRequest.builder().instanceIds(id).build();
    assertThat(refusal(() -> ec2.describeInstances(byId))).isEqualTo("InvalidInstanceID.NotFound");
    assertThat(ec2.describeInstances(DescribeInstancesRequest.builder().build()).reservations())
        .isEmpty();
    assertThat(ec2.describeVolumes(DescribeVolumesRequest.builder().build()).volumes()).isEmpty();
    assertThat(
            refusal(
                () ->
                    ec2.createTags(
                        CreateTagsRequest.builder()
                            .resources(id)
                            .tags(Tag.builder().key("a").value("b").build())
                            .build())))
        .isEqualTo("InvalidInstanceID.NotFound");

    seconds(2);
    assertThat(stateOf(id)).isEqualTo("pending");
    assertThat(ec2.describeVolumes(DescribeVolumesRequest.builder().build()).volumes()).hasSize(1);
  }

  @Test
  void groupsAndKeysAreNotFoundAtFirstEither() {
    scenario("{'eventualConsistency': {'security-group': '2s', 'key-pair': '5s'}}");
    String groupId =
        ec2.createSecurityGroup(
                CreateSecurityGroupRequest.builder().groupName("g").description("d").build())
            .groupId();
    ec2.createKeyPair(CreateKeyPairRequest.builder().keyName("k").build());
    RunInstancesRequest launch = oneInstance().keyName("k").securityGroupIds(groupId).build();

    assertThat(
            refusal(
                () ->
                    ec2.describeSecurityGroups(
                        DescribeSecurityGroupsRequest.builder().groupIds(groupId).build())))
        .isEqualTo("InvalidGroup.NotFound");
    seconds(2);
    assertThat(refusal(() -> ec2.runInstances(launch))).isEqualTo("InvalidKeyPair.NotFound");
    // A name that is taken is known everywhere at once.
    assertThat(
            refusal(() -> ec2.createKeyPair(CreateKeyPairRequest.builder().keyName("k").build())))
        .isEqualTo("InvalidKeyPair.Duplicate");
    seconds(3);
    assertThat(ec2.runInstances(launch).instances()).hasSize(1);
  }

  @Test
  void whatIsNotFoundYetStillDependsOnOthers() {
    String groupId =
        ec2.createSecurityGroup(
                CreateSecurityGroupRequest.builder().groupName("g").description("d").build())
            .groupId();
    scenario("{'eventualConsistency': {'instance': '1m'}}");
    launched(oneInstance().securityGroupIds(groupId));

    assertThat(
            refusal(
                () ->
                    ec2.deleteSecurityGroup(
                        DeleteSecurityGroupRequest.builder().groupId(groupId).build())))
        .isEqualTo("DependencyViolation");
  }

  @Test
  void aClientTokenFindsWhatItMade() {
    scenario("{'eventualConsistency': {'instance': '1m'}}");
    RunInstancesRequest request = oneInstance().clientToken("t").build();
    String id = ec2.runInstances(request).instances().get(0).instanceId();

    assertThat(ec2.runInstances(request).instances().get(0).instanceId()).isEqualTo(id);
    assertThat(stateOf(id)).isEqualTo("pending");
  }

  @Test
  void aBucketWithoutTokensThrottles() {
    scenario("{'throttling': [{'actions': ['Describe*'], 'bucketSize': 2, 'refillRate': 0.5}]}");
    ec2.describeRegions();
    ec2.describeSubnets();

    Ec2Exception throttled = refused(() -> ec2.describeRegions());
    assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("RequestLimitExceeded");
    assertThat(throttled.statusCode()).isEqualTo(503);
    assertThat(throttled.isThrottlingException()).isTrue();
    seconds(2);
    ec2.describeRegions();
    assertThat(refusal(() -> ec2.describeRegions())).isEqualTo("RequestLimitExceeded");
  }

  @Test
  void actionsCanHaveABucketEach() {
    scenario("{'throttling': [{'bucketSize': 1, 'refillRate': 0, 'perAction': true}]}");
    ec2.describeRegions();
    ec2.describeSubnets();

    assertThat(refusal(() -> ec2.describeSubnets())).isEqualTo("RequestLimitExceeded");
  }

  @Test
  void capacityIsMissingByTypeAndZone() {
    RunInstancesRequest.Builder one = oneInstance();
    scenario(
        "{'capacity': [{'instanceTypes': ['t3.*'], 'availabilityZones': ['*a', '*b']},"
            + " {'instanceTypes': ['m5.large'], 'count': 1}]}");

    Ec2Exception refused =
        refused(() -> ec2.runInstances(one.copy().instanceType("t3.large").build()));
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InsufficientInstanceCapacity");
    assertThat(refused.awsErrorDetails().errorMessage()).contains("t3.large", "locala");
    assertThat(refused.statusCode()).isEqualTo(500);
    Placement zone = Placement.builder().availabilityZone("localc").build();
    ec2.runInstances(one.copy().instanceType("t3.large").placement(zone).build());

    RunInstancesRequest other = one.copy().instanceType("m5.large").build();
    assertThat(refusal(() -> ec2.runInstances(other))).isEqualTo("InsufficientInstanceCapacity");
    ec2.runInstances(other);
    assertThat(engine.guests()).hasSize(2);
  }

  @Test
  void whatIsWrongInItselfIsToldBeforeCapacity() {
    scenario("{'capacity': [{'count': 1}]}");

    assertThat(refusal(() -> ec2.runInstances(oneInstance().keyName("none").build())))
        .isEqualTo("InvalidKeyPair.NotFound");
    assertThat(refusal(() -> ec2.runInstances(oneInstance().build())))
        .isEqualTo("InsufficientInstanceCapacity");
  }

  @Test
  void callsFailByCount() {
    scenario(
        "{'faults': [{'actions': ['describeregions'], 'skip': 1, 'count': 2,"
            + " 'error': {'code': 'Unavailable', 'message': 'Not now', 'status': 503}}]}");

    ec2.describeRegions();
    Ec2Exception refused = refused(() -> ec2.describeRegions());
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("Unavailable");
    assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("Not now");
    assertThat(refused.statusCode()).isEqualTo(503);
    // Another process that serves the region goes on counting.
    assertThat(refusal(() -> client(reopened(), "local").describeRegions()))
        .isEqualTo("Unavailable");
    ec2.describeRegions();
    ec2.describeSubnets();
  }

  @Test
  void theSameSeedMakesTheSameTrouble() {
    List<Boolean> once = outcomes(1);

    assertThat(once).contains(true, false);
    assertThat(outcomes(1)).isEqualTo(once);
    assertThat(outcomes(2)).isNotEqualTo(once);
  }

  private List<Boolean> outcomes(int seed) {
    scenario(
        "{'seed': "
            + seed
            + ", 'faults': [{'probability': 0.5, 'error': {'code': 'InternalError'}}]}");
    List<Boolean> outcomes = new ArrayList<>();
    for (int call = 0; call < 30; call++) {
      try {
        ec2.describeRegions();
        outcomes.add(true);
      } catch (Ec2Exception failed) {
        outcomes.add(false);
      }
    }
    return outcomes;
  }

  @Test
  void aDryRunMeetsNoFault() {
    scenario("{'faults': [{'count': 1, 'error': {'code': 'InternalError'}}]}");

    assertThat(refusal(() -> ec2.describeRegions(request -> request.dryRun(true))))
        .isEqualTo("DryRunOperation");
    assertThat(refusal(() -> ec2.describeRegions())).isEqualTo("InternalError");
  }

  @Test
  void aConnectionBreaksBeforeTheEffect() {
    RunInstancesRequest request = oneInstance().build();
    scenario("{'faults': [{'actions': ['RunInstances'], 'connection': 'reset'}]}");

    assertThatThrownBy(() -> ec2.runInstances(request)).isInstanceOf(SdkClientException.class);
    assertThat(engine.guests()).isEmpty();
  }

  @Test
  void aConnectionBreaksAfterTheEffect() {
    RunInstancesRequest request = oneInstance().clientToken("t").build();
    scenario(
        "{'faults': [{'actions': ['Run*'], 'count': 1, 'connection': 'reset',"
            + " 'afterEffect': true}]}");

    assertThatThrownBy(() -> ec2.runInstances(request)).isInstanceOf(SdkClientException.class);
    assertThat(engine.guests()).hasSize(1);
    ec2.runInstances(request);
    assertThat(engine.guests()).hasSize(1);
  }

  @Test
  void anErrorCanComeAfterTheEffect() {
    RunInstancesRequest request = oneInstance().build();
    scenario(
        "{'faults': [{'actions': ['RunInstances'], 'error': {'code': 'InternalError',"
            + " 'status': 500}, 'afterEffect': true}]}");

    assertThat(refusal(() -> ec2.runInstances(request))).isEqualTo("InternalError");
    assertThat(engine.guests()).hasSize(1);
  }

  @Test
  void aStalledConnectionIsSilentForItsTime() {
    scenario(
        "{'faults': [{'actions': ['DescribeRegions'], 'connection': 'stall',"
            + " 'stallFor': '300ms'}]}");
    long begun = System.nanoTime();

    assertThatThrownBy(() -> ec2.describeRegions()).isInstanceOf(SdkClientException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aLateAnswerIsTheTrueOne() {
    RunInstancesRequest request = oneInstance().build();
    scenario("{'faults': [{'answerAfter': '300ms'}]}");
    long begun = System.nanoTime();

    assertThat(ec2.runInstances(request).instances()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(engine.guests()).hasSize(1);
    assertThat(
            refusal(
                () -> ec2.deleteSecurityGroup(delete -> delete.groupId("sg-0123456789abcdef0"))))
        .isEqualTo("InvalidGroup.NotFound");
    assertThat(log())
        .endsWith(
            "RunInstances OK faults[0]", "DeleteSecurityGroup InvalidGroup.NotFound faults[0]");
  }

  @Test
  void aCallWhoseAnswerIsLateHasItsEffectAtOnce() {
    RunInstancesRequest request = oneInstance().clientToken("t").build();
    scenario("{'faults': [{'actions': ['RunInstances'], 'count': 1, 'answerAfter': '1h'}]}");

    RunInstancesRequest impatient =
        request.copy(
            copy -> copy.overrideConfiguration(o -> o.apiCallTimeout(Duration.ofSeconds(2))));
    assertThatThrownBy(() -> ec2.runInstances(impatient)).isInstanceOf(SdkClientException.class);

    assertThat(engine.guests()).hasSize(1);
    ec2.runInstances(request);
    assertThat(engine.guests()).hasSize(1);
  }

  @Test
  void theLogTellsWhatTheScenarioDid() {
    RunInstancesRequest request = oneInstance().build();
    scenario(
        "{'capacity': [{'count': 1}],"
            + " 'throttling': [{'actions': ['DescribeRegions'], 'bucketSize': 1, 'refillRate': 0}],"
            + " 'faults': [{'actions': ['DescribeSubnets'], 'connection': 'reset'}]}");
    ec2.describeRegions();
    refusal(() -> ec2.describeRegions());
    refusal(() -> ec2.runInstances(request));
    assertThatThrownBy(() -> ec2.describeSubnets()).isInstanceOf(SdkClientException.class);

    assertThat(log())
        .containsExactly(
            "DescribeImages OK null",
            "DescribeRegions OK null",
            "DescribeRegions RequestLimitExceeded throttling[0]",
            "RunInstances InsufficientInstanceCapacity capacity[0]",
            "DescribeSubnets ConnectionBroken faults[0]");
  }

  @Test
  void aBrokenScenarioIsToldToWhoeverCalls() throws Exception {
    java.nio.file.Files.createDirectories(folder.resolve("scenario"));
    java.nio.file.Files.writeString(folder.resolve("scenario/scenario.json"), "{\"faultz\": []}");

    Ec2Exception refused = refused(() -> ec2.describeRegions());
    assertThat(refused.awsErrorDetails().errorMessage()).contains("faultz is unknown");
    book().clear();
    ec2.describeRegions();
  }

  private List<String> log() {
    return new ActionLogReader(folder)
        .next().stream()
            .map(line -> ActionEntry.read(line).orElseThrow())
            .map(entry -> entry.action() + " " + entry.code() + " " + entry.rule())
            .toList();
  }

  private void seconds(int count) {
    clock.advance(Duration.ofSeconds(count));
  }

  /** Double quotes would have to be escaped. */
  private void scenario(String json) {
    book().set(json.replace('\'', '"'));
  }

  private ScenarioBook book() {
    return new ScenarioBook(folder, clock);
  }
}
