package io.wizzie.wcs.ami.localregion.contract;

import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/**
 * One question to an implementation of EC2, and what EC2 answers by its documentation.
 *
 * @param title what is asked, unique among the action's cases
 * @param expected the answer as text: what the question sees, or the code of EC2's refusal
 */
record Case(String action, String title, String expected, Question question) {

  /** Asks in a region where nothing was created yet. */
  @FunctionalInterface
  interface Question {
    /** What is seen; a refusal may be thrown. */
    Object ask(Situation situation);
  }

  /** How the report, the table of differences and the tests name it. */
  String id() {
    return action + ": " + title;
  }

  /** The answer of the implementation behind the situation. */
  String answer(Situation situation) {
    try {
      return String.valueOf(question.ask(situation));
    } catch (Ec2Exception refused) {
      String code =
          refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
      return code == null || code.isEmpty() ? "HTTP " + refused.statusCode() : code;
    } catch (NullPointerException | IndexOutOfBoundsException lacking) {
      // What the question looks at is not in the answer.
      return "incomplete";
    }
  }
}
