package io.wizzie.wcs.ami.localregion.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The actions are those of the project's policy. */
class ActionTableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AttachVolume",
        "AuthorizeSecurityGroupIngress",
        "CopyImage",
        "CreateImage",
        "CreateKeyPair",
        "CreateSecurityGroup",
        "CreateSnapshot",
        "CreateTags",
        "CreateVolume",
        "DeleteKeyPair",
        "DeleteSecurityGroup",
        "DeleteSnapshot",
        "DeleteVolume",
        "DeregisterImage",
        "DescribeImageAttribute",
        "DescribeImages",
        "DescribeInstances",
        "DescribeRegions",
        "DescribeSecurityGroups",
        "DescribeSnapshots",
        "DescribeSubnets",
        "DescribeTags",
        "DescribeVolumes",
        "DetachVolume",
        "GetPasswordData",
        "ModifyImageAttribute",
        "ModifyInstanceAttribute",
        "ModifySnapshotAttribute",
        "RegisterImage",
        "RunInstances",
        "StopInstances",
        "TerminateInstances"
      })
  void everyActionOfThePolicyIsThere(String name) {
    assertThat(ActionTable.find(name)).isPresent();
    assertThat(ActionTable.known(name)).isTrue();
  }

  @Test
  void thereIsNoOther() {
    assertThat(ActionTable.names()).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartInstances", "DescribeVpcs", "ImportKeyPair", "RebootInstances"})
  void othersOfEc2AreKnownButNotAllowed(String name) {
    assertThat(ActionTable.find(name)).isEmpty();
    assertThat(ActionTable.known(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DescribeEverything",
        "runInstances",
        "",
        "Ec2",
        "../Tag",
        "InstanceMetadataOptions"
      })
  void whatEc2DoesNotHaveIsNotKnown(String name) {
    assertThat(ActionTable.known(name)).isFalse();
  }
}
