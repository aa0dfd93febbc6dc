package io.wizzie.wcs.ami.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that each have a workplace of their own, and so can run beside others. */
@Execution(ExecutionMode.CONCURRENT)
abstract class WorkplaceCase {
  Workplace workplace;

  @BeforeEach
  final void openWorkplace() {
    workplace = Workplace.open();
  }

  @AfterEach
  final void closeWorkplace() {
    workplace.close();
  }

  final void requireNothingLeft() {
    requireNothingBut();
  }

  /** Nothing is in the region but these images, and what belongs to them. */
  final void requireNothingBut(String... imageIds) {
    try (RegionView region = workplace.region()) {
      region.requireNothingBut(imageIds);
    }
  }
}
