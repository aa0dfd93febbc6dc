package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.Preflight.Answer;
import io.wizzie.wcs.ami.ec2.Preflight.Verdict;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions.Permission;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildPreviewTest {
  @TempDir Path output;
  private BuildBench bench;

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
  }

  private static Verdict verdict(BuildPreview preview, String action) {
    return preview.permissions().stream()
        .filter(answer -> answer.permission().action().equals(action))
        .map(Answer::verdict)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsEverythingAndCreatesNothing() {
    BuildPreview preview = bench.preview();

    assertThat(preview.problems()).isEmpty();
    assertThat(preview.good()).isTrue();
    assertThat(preview.imageName()).startsWith("wcs-1.1.0-");
    assertThat(preview.subnets()).hasSize(2);
    assertThat(verdict(preview, "ec2:RunInstances")).isEqualTo(Verdict.ALLOWED);
    assertThat(verdict(preview, "iam:PassRole")).isEqualTo(Verdict.ALLOWED);
    assertThat(verdict(preview, "ec2:StopInstances")).isEqualTo(Verdict.NOT_ASKABLE);
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.folder()).doesNotExist();
  }

  @Test
  void asksOfAnEarlierImageWhatReadsOneAndNamesWhatTheOthersWaitFor() {
    assertThat(bench.preview().permissions())
        .filteredOn(answer -> answer.verdict() == Verdict.NOT_ASKABLE)
        .extracting(answer -> answer.permission().action() + ": " + answer.note())
        .contains(
            "ec2:StopInstances: needs the builder, which a build has yet to make",
            "ec2:DescribeImageAttribute: needs the image, which a build has yet to make");
    bench.run();

    assertThat(verdict(bench.preview(), "ec2:DescribeImageAttribute")).isEqualTo(Verdict.ALLOWED);
    bench.ec2.faults.refuseAlways("DescribeImageAttribute", "UnauthorizedOperation");
    assertThat(verdict(bench.preview(), "ec2:DescribeImageAttribute")).isEqualTo(Verdict.DENIED);
  }

  @Test
  void listsEveryDenialAtOnce() {
    for (String action : List.of("DescribeSubnets", "CreateKeyPair", "DescribeTags")) {
      bench.ec2.faults.refuseAlways(action, "UnauthorizedOperation");
    }

    BuildPreview preview = bench.preview();

    assertThat(preview.good()).isFalse();
    assertThat(preview.permissions())
        .filteredOn(answer -> answer.verdict() == Verdict.DENIED)
        .extracting(answer -> answer.permission().action())
        .containsExactly("ec2:CreateKeyPair", "ec2:DescribeSubnets", "ec2:DescribeTags");
    // Without a subnet there is nothing to ask with.
    assertThat(verdict(preview, "ec2:RunInstances")).isEqualTo(Verdict.NOT_ASKABLE);
    assertThat(preview.problems()).isEmpty();
  }

  @Test
  void tellsALaunchFromItsTagsAndItsRole() {
    bench.ec2.faults.refuse("RunInstances", "UnauthorizedOperation");
    bench.ec2.deniesTagsAtLaunch = true;

    BuildPreview preview = bench.preview();

    assertThat(verdict(preview, "ec2:RunInstances")).isEqualTo(Verdict.ALLOWED);
    assertThat(verdict(preview, "ec2:CreateTags")).isEqualTo(Verdict.DENIED);
    assertThat(verdict(preview, "iam:PassRole")).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void aWrongConfigurationIsAProblemAndTheRestIsStillAsked() {
    bench.spec =
        Specs.spec(
            Specs.builder(null, "subnet-9", List.of(), List.of()), Specs.ssh(null, null, false));

    BuildPreview preview = bench.preview();

    assertThat(preview.problems()).singleElement().asString().contains("subnet-9 does not exist");
    assertThat(verdict(preview, "ec2:CreateKeyPair")).isEqualTo(Verdict.ALLOWED);
    assertThat(preview.good()).isFalse();
  }

  @Test
  void aKeyPairThatDoesNotExistIsAProblem() {
    bench.spec =
        Specs.spec(
            Specs.builder(null, null, List.of(), List.of()), Specs.ssh("no-key", null, true));
    bench.ec2.faults.refuse("RunInstances", "InvalidKeyPair.NotFound");

    BuildPreview preview = bench.preview();

    assertThat(preview.problems())
        .contains("There is no key pair \"no-key\" in this region. Check ssh.keyName.");
    assertThat(verdict(preview, "ec2:RunInstances")).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void anImageThatTheInstanceTypesCanNotRunIsFoundBeforeAnythingIsCreated() {
    bench.ec2.images.computeIfPresent(
        "ami-source", (id, image) -> image.toBuilder().architecture("arm64").build());

    assertThat(bench.preview().problems())
        .singleElement()
        .asString()
        .startsWith("builder.instanceTypes: t3.large (x86_64), t3a.large (x86_64) can't run image");
    BuildOutcome outcome = bench.run();
    assertThat(((BuildOutcome.Failed) outcome).nothingCreated()).isTrue();
  }

  @Test
  void aSecurityGroupOfAnotherVpcIsFoundBeforeAnythingIsCreated() {
    bench.ec2.addGroup("sg-far", "vpc-2");
    bench.spec =
        Specs.spec(
            Specs.builder(null, null, List.of("sg-far", "sg-none"), List.of()),
            Specs.ssh(null, null, false));

    BuildOutcome outcome = bench.run();

    assertThat(((BuildOutcome.Failed) outcome).nothingCreated()).isTrue();
    assertThat(BuildBench.failure(outcome))
        .hasMessageContaining("sg-far is in vpc-2; sg-none does not exist in this region");
  }

  /** With each of these calls failing, so that the removals and searches are seen too. */
  @ParameterizedTest
  @ValueSource(strings = {"", "CreateImage", "StopInstances", "ModifyImageAttribute"})
  void aBuildCallsNothingThatThePolicyLacks(String failing) {
    if (!failing.isEmpty()) {
      bench.ec2.faults.refuseAlways(failing, "InvalidParameterValue");
      bench.ec2.faults.loseAnswer("RunInstances");
      bench.ec2.faults.loseAnswer("CreateSecurityGroup");
    }
    bench.run();

    assertThat(allowed(bench.spec)).containsAll(bench.ec2.faults.calls());
  }

  @Test
  void theShippedOptionsNeedNoMoreThanTheDocumentedPolicy() {
    BuildSpec plain =
        Specs.spec(
            Specs.withoutProfile(Specs.builder(null, null, List.of(), List.of())),
            Specs.ssh(null, null, false));

    assertThat(io.wizzie.wcs.ami.ec2.Policy.ACTIONS).containsAll(allowed(plain));
    assertThat(RequiredPermissions.of(plain))
        .extracting(Permission::action)
        .doesNotContain("iam:PassRole")
        .isSorted();
    assertThat(RequiredPermissions.of(Specs.spec()))
        .extracting(Permission::action)
        .contains("iam:PassRole");
    BuildSpec existing =
        Specs.spec(
            Specs.builder(null, null, List.of("sg-1"), List.of()), Specs.ssh("key", null, true));
    assertThat(allowed(existing))
        .doesNotContain("CreateKeyPair", "DeleteKeyPair", "CreateSecurityGroup");
  }

  private static Set<String> allowed(BuildSpec spec) {
    return RequiredPermissions.of(spec).stream()
        .map(Permission::action)
        .filter(action -> action.startsWith("ec2:"))
        .map(action -> action.substring("ec2:".length()))
        .collect(Collectors.toSet());
  }
}
