package io.wizzie.wcs.ami.localregion.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Puts every case to one implementation, and reports what it answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractSuite {
  private final Map<String, String> answers = new LinkedHashMap<>();

  /** The implementation, already there. */
  abstract ContractTarget target();

  /** Looks at all that was answered on the way to one case's answer. */
  void answered(List<AnswerRecorder.Answer> answers) {}

  /** How many cases were asked so far. */
  final int asked() {
    return answers.size();
  }

  @TestFactory
  Stream<DynamicTest> answersAsEc2DoesOrAsTheTableOfDifferencesSays() {
    return Contract.cases().stream().map(one -> DynamicTest.dynamicTest(one.id(), () -> ask(one)));
  }

  private void ask(Case one) {
    target().reset();
    String answer;
    AnswerRecorder recorder = new AnswerRecorder();
    try (Situation situation = new Situation(target(), recorder)) {
      answer = one.answer(situation);
    }
    answers.put(one.id(), answer);
    answered(recorder.answers());
    Optional<Differences.Difference> difference = Differences.of(target().name(), one.id());
    assertThat(answer)
        .as(
            difference
                .map(known -> "the known difference: " + known.reason())
                .orElse("what EC2 answers"))
        .isEqualTo(difference.map(Differences.Difference::answer).orElse(one.expected()));
    difference.ifPresent(
        known ->
            assertThat(answer)
                .as("no difference any more: take it out of the table")
                .isNotEqualTo(one.expected()));
  }

  @Test
  void theTableOfDifferencesNamesOnlyCasesThatThereAre() {
    assertThat(Contract.cases().stream().map(Case::id))
        .doesNotHaveDuplicates()
        .containsAll(Differences.cases(target().name()));
  }

  @AfterAll
  void writeTheReport() {
    ContractReport.add(target().name(), answers);
  }
}
