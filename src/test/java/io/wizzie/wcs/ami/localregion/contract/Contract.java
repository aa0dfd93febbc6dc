package io.wizzie.wcs.ami.localregion.contract;

import java.util.List;
import java.util.stream.Stream;

/** All cases of the suite: each action of the project's policy, in its families. */
final class Contract {
  private Contract() {}

  static List<Case> cases() {
    return Stream.of(
            KeyPairCases.all(),
            SecurityGroupCases.all(),
            InstanceCases.all(),
            ImageCases.all(),
            AttributeCases.all(),
            StorageCases.all(),
            SurroundingsCases.all(),
            DryRunCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
