package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Whole builds while EC2 throttles, drops connections, lacks capacity or denies. */
class FaultsIT extends WorkplaceCase {
  private void stage(String scenario) {
    Path file = workplace.write("scenario.json", scenario);
    workplace.run("local", "scenario", "set", file.toString()).requireSuccess();
  }

  @Test
  void aBuildSurvivesThrottlingALostAnswerAndALackOfCapacity() {
    stage(
        """
        {
          "capacity": [{"instanceTypes": ["t3.*"]}],
          "throttling": [{"actions": ["Create*"], "bucketSize": 1, "refillRate": 0.5}],
          "faults": [
            {"actions": ["RunInstances"], "skip": 3, "count": 1,
              "connection": "reset", "afterEffect": true},
            {"actions": ["CreateSecurityGroup"], "count": 1,
              "connection": "reset", "afterEffect": true},
            {"actions": ["CreateKeyPair"], "count": 1,
              "connection": "reset", "afterEffect": true},
            {"actions": ["StopInstances", "CreateImage"], "count": 2,
              "error": {"code": "InternalError", "message": "Told to fail", "status": 500}}
          ]
        }
        """);

    Ended build =
        workplace
            .buildTrial("-v", "--set", "builder.instanceTypes=[\"t3.large\", \"m5.large\"]")
            .requireSuccess();

    assertThat(build.stderr())
        .contains("No t3.large in", "InsufficientInstanceCapacity", "EC2 throttles; trying again")
        .doesNotContain("Exception");
    try (RegionView region = workplace.region()) {
      region.requireNothingBut(build.stdout().strip());
      // The repeated call had the same client token: terminated ones stay listed for a while.
      List<Instance> launched =
          region.ec2().describeInstances().reservations().stream()
              .flatMap(reservation -> reservation.instances().stream())
              .toList();
      assertThat(launched).hasSize(1);
      assertThat(launched.get(0).instanceTypeAsString()).isEqualTo("m5.large");
    }
  }

  @Test
  void aDenialNamesTheActionAndLeavesNothing() {
    stage(
        """
        {"faults": [{"actions": ["AuthorizeSecurityGroupIngress"],
          "error": {"code": "UnauthorizedOperation", "status": 403,
            "message": "You are not authorized to perform this operation."}}]}
        """);

    Ended build = workplace.buildTrial().requireFailed(1);

    assertThat(build.stderr())
        .contains(
            "Allow ec2:AuthorizeSecurityGroupIngress to these credentials, which a temporary"
                + " security group (no builder.securityGroupIds) needs")
        .doesNotContain("trying again");
    requireNothingLeft();
  }

  @Test
  void aWrongSubnetOrGroupIsFoundBeforeAnythingIsCreated() {
    Ended build =
        workplace
            .buildTrial(
                "--set",
                "builder={\"securityGroupIds\": [\"sg-0123456789abcdef0\"], \"sourceCidrs\": null}")
            .requireFailed(2);

    assertThat(build.stderr())
        .contains("sg-0123456789abcdef0 does not exist in this region")
        .doesNotContain("access:");
    Ended plan =
        workplace.run(
            "plan",
            "--region",
            "local",
            "--config",
            Workplace.TRIAL.toString(),
            "--set",
            "builder.subnetIds=[\"subnet-0123456789abcdef0\"]");

    assertThat(plan.exitCode()).as(plan.stderr()).isEqualTo(2);
    // What can be told is told all the same.
    assertThat(plan.stdout()).contains("Subnet:        (not found, see the problems)");
  }

  @Test
  void aPlanAsksForEveryPermissionAndCreatesNothing() {
    Ended plan =
        workplace
            .run("plan", "-v", "--region", "local", "--config", Workplace.TRIAL.toString())
            .requireSuccess();

    assertThat(plan.stdout())
        .containsPattern("ec2:RunInstances +allowed")
        .containsPattern("ec2:StopInstances +can't be checked beforehand")
        .contains("Would create:");
    assertThat(workplace.hasBegunABuild()).isFalse();
  }
}
