package io.wizzie.wcs.ami.localregion.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wizzie.wcs.ami.ec2.Policy;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Tag;

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
  @MethodSource("names")
  @SuppressWarnings("NullAway") // No handler comes as far as the call.
  void eachTakesTheRequestOfItsName(String name) {
    Action action = ActionTable.find(name).orElseThrow();

    Throwable thrown = catchThrowable(() -> action.answer().apply(null, Tag.builder().build()));

    if (thrown instanceof Refusal refusal) {
      assertThat(refusal.code()).isEqualTo("UnsupportedOperation");
    } else {
      assertThat(thrown)
          .isInstanceOf(ClassCastException.class)
          .hasMessageContaining(
              "cannot be cast to class " + Action.requestType(name).orElseThrow().getName() + " ");
    }
  }

  static Set<String> names() {
    return ActionTable.names();
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
