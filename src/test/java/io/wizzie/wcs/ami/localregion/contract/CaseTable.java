package io.wizzie.wcs.ami.localregion.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the cases of one action. */
final class CaseTable {
  private final String action;
  private final List<Case> cases = new ArrayList<>();

  private CaseTable(String action) {
    this.action = action;
  }

  static CaseTable of(String action) {
    return new CaseTable(action);
  }

  /** What is seen is the expected text. */
  CaseTable answers(String title, Object expected, Case.Question question) {
    cases.add(new Case(action, title, String.valueOf(expected), question));
    return this;
  }

  /** The last call is refused with that code. */
  CaseTable refuses(String title, String code, Consumer<Situation> call) {
    return answers(
        title,
        code,
        situation -> {
          call.accept(situation);
          return "accepted";
        });
  }

  List<Case> cases() {
    return List.copyOf(cases);
  }
}
