package io.wizzie.wcs.ami.localregion.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The actions are those of the project's policy. */
class ActionTableTest {

  @Test
  void theyAreThoseOfThePolicyAndNoOther() {
    assertThat(ActionTable.names()).containsExactlyInAnyOrderElementsOf(Policy.ACTIONS).hasSize(32);
    assertThat(Policy.ACTIONS)
        .allSatisfy(name -> assertThat(ActionTable.find(name)).isPresent())
        .allMatch(ActionTable::known);
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
