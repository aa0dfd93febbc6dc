package io.wizzie.wcs.ami.localregion.contract;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** Moto against the contract: shows that the questions are EC2's, and not only our endpoint's. */
class MotoContractIT extends ContractSuite {
  private @Nullable MotoTarget target;

  @BeforeAll
  void startMoto() {
    try {
      target = MotoTarget.start(Path.of("target", "moto.log"));
    } catch (MotoTarget.UnavailableException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @AfterAll
  void endMoto() {
    if (target != null) {
      target.close();
    }
  }

  @Override
  ContractTarget target() {
    if (target == null) {
      throw new IllegalStateException("Moto was not started");
    }
    return target;
  }
}
