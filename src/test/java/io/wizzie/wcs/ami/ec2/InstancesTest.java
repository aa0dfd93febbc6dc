package io.wizzie.wcs.ami.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.pipeline.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class InstancesTest {
  private static final String NO_PROFILE =
      "Value (ci) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile"
          + " name";

  private final Verbs bench = new Verbs();
  private final Instances instances = bench.verbs.instances();

  private static LaunchRequest request(List<String> otherDevices) {
    return new LaunchRequest(
        new SourceImage("ami-source", "debian", "1", "x86_64", "/dev/xvda", 8, otherDevices, null),
        Specs.builder(null, null, List.of(), List.of()),
        "wcs-1",
        List.of("sg-1"),
        LaunchRequest.encode(new byte[] {1, 2, 3}),
        Verbs.TAGS);
  }

  private String run(String token) {
    return instances.run(request(List.of()), "t3.large", "subnet-1", token);
  }

  @Test
  void launchesOnceForOneToken() {
    assertThat(run("token-1")).isEqualTo(run("token-1"));
    assertThat(bench.ec2.instances).hasSize(1);
  }

  @Test
  void waitsForAKeyPairThatIsNotVisibleYet() {
    bench.ec2.faults.refuse("RunInstances", "InvalidKeyPair.NotFound");

    assertThat(run("token-1")).startsWith("i-");
  }

  @Test
  void waitsForAnInstanceProfileThatIsNotVisibleYet() {
    for (int i = 0; i < 3; i++) {
      bench.ec2.faults.refuse("RunInstances", "InvalidParameterValue", NO_PROFILE);
    }

    assertThat(run("token-1")).startsWith("i-");
  }

  @Test
  void doesNotWaitForEverForAnInstanceProfile() {
    for (int i = 0; i < 100; i++) {
      bench.ec2.faults.refuse("RunInstances", "InvalidParameterValue", NO_PROFILE);
    }

    assertThatThrownBy(() -> run("token-1"))
        .hasMessageContaining("Invalid IAM Instance Profile name")
        .hasMessageEndingWith("it is the profile's name or ARN, not the role's.");
    assertThat(bench.ec2.faults.calls()).hasSizeBetween(10, 90);
  }

  @Test
  void doesNotRepeatALaunchWithAnotherInvalidParameter() {
    bench.ec2.faults.refuse("RunInstances", "InvalidParameterValue", "Invalid value 'x' for type");

    assertThatThrownBy(() -> run("token-1")).hasMessageContaining("Invalid value 'x'");
  }

  @Test
  void sendsUserDataInBase64AndDoesNotShowIt() {
    run("token-1");

    assertThat(bench.ec2.launches.get(0).userData()).isEqualTo("AQID");
    assertThat(request(List.of()).toString()).doesNotContain("AQID");
  }

  @Test
  void seesToItThatFurtherVolumesGoWithTheBuilder() {
    RunInstancesRequest launch =
        RunRequests.of(request(List.of("/dev/sdb")), "t3.large", "subnet-1", "token-1");

    assertThat(launch.blockDeviceMappings()).hasSize(2);
    assertThat(launch.blockDeviceMappings().get(1).ebs().deleteOnTermination()).isTrue();
    assertThat(launch.blockDeviceMappings().get(1).ebs().volumeSize()).isNull();
  }

  @Test
  void toleratesThatANewInstanceIsNotVisibleYet() {
    String id = run("token-1");
    bench.ec2.faults.refuse("DescribeInstances", "InvalidInstanceID.NotFound");

    RunningInstance running = instances.awaitRunning(id, Duration.ofMinutes(5));

    assertThat(running.publicIp()).isEqualTo("203.0.113.9");
    assertThat(running.publicDns()).isNull();
    assertThat(bench.said).containsExactly(id + " is not visible yet", id + " is pending");
  }

  @Test
  void tellsWhyAnInstanceEndedInsteadOfRunning() {
    String id = run("token-1");
    bench.ec2.launchFailure = "Client.InternalError";

    assertThatThrownBy(() -> instances.awaitRunning(id, Duration.ofMinutes(5)))
        .hasMessage("Instance " + id + " is terminated instead of running: Client.InternalError.");
    assertThat(instances.whyNotRunning(id)).contains("Client.InternalError");
  }

  @Test
  void stopsAndTerminates() {
    String id = run("token-1");
    instances.awaitRunning(id, Duration.ofMinutes(5));
    instances.stop(id);
    instances.terminate(id, null);

    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.said).contains(id + " is stopping", id + " is shutting-down");
    assertThatThrownBy(() -> instances.stop(id)).hasMessageContaining("IncorrectInstanceState");
  }

  @Test
  void takesAnInstanceThatIsNotThereAsTerminated() {
    assertThatCode(() -> instances.terminate("i-none", null)).doesNotThrowAnyException();
    assertThat(instances.whyNotRunning("i-none")).isEqualTo("it does not exist any more");
    assertThatThrownBy(() -> instances.describe("i-none")).hasMessageContaining("i-none");
  }

  @Test
  void findsWhatALaunchWithoutAnswerHasMade() {
    String id = run("token-1");

    assertThat(instances.findByClientToken("token-1")).containsExactly(id);
    assertThat(instances.findByClientToken("token-2")).isEmpty();
    // EC2 may take a moment to know of it.
    assertThat(time()).isGreaterThanOrEqualTo(15);
  }

  private long time() {
    return bench.time.pauses().stream().mapToLong(Duration::toMillis).sum() / 1000;
  }

  @Test
  void triesTypesInOrderInEverySubnetAndSkipsAFullFamily() {
    List<String> tried = new ArrayList<>();
    Map<String, String> answers =
        Map.of(
            "t3.large/a", "VcpuLimitExceeded",
            "m5.large/a", "InsufficientInstanceCapacity",
            "m5.large/b", "Unsupported");
    String id =
        new CapacityFallback(bench.said::add)
            .launch(
                List.of("t3.large", "m5.large", "c5.large"),
                List.of(subnet("a"), subnet("b")),
                (type, subnet, number) -> {
                  String key = type + "/" + subnet.availabilityZone();
                  tried.add(number + " " + key);
                  String code = answers.get(key);
                  if (code != null) {
                    throw Ec2Refusals.of("RunInstances", code);
                  }
                  return "i-1";
                });

    assertThat(id).isEqualTo("i-1");
    assertThat(tried)
        .containsExactly("1 t3.large/a", "2 m5.large/a", "3 m5.large/b", "4 c5.large/a");
    assertThat(bench.said).first().isEqualTo("No t3.large in a: VcpuLimitExceeded");
  }

  @Test
  void triesNothingElseWhenAnotherTypeWouldNotHelp() {
    assertThatThrownBy(
            () ->
                new CapacityFallback(bench.said::add)
                    .launch(
                        List.of("t3.large", "m5.large"),
                        List.of(subnet("a")),
                        (type, subnet, number) -> {
                          throw Ec2Refusals.of("RunInstances", "UnauthorizedOperation");
                        }))
        .hasMessageContaining("UnauthorizedOperation");
    assertThat(bench.said).isEmpty();
  }

  private static BuilderSubnet subnet(String zone) {
    return new BuilderSubnet("subnet-" + zone, "vpc-1", zone, "172.31.0.0/24", true);
  }
}
