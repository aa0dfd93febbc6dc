package io.wizzie.wcs.ami.localregion.contract;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** The same with the newer service model that Moto's tree has (botocore 1.37, March 2025). */
class NewerModelIT extends ContractTest {
  @Override
  Optional<ServiceModel> findModel() {
    try {
      Path tree = MotoTarget.tree(Path.of("target", "moto-tree.log"));
      return ServiceModel.below(tree.resolve("usr/lib/python3/dist-packages"));
    } catch (MotoTarget.UnavailableException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  /** The result of deleting the snapshots with the image came in 2025. */
  @Override
  Set<String> newerThanModel() {
    return Set.of("DeregisterImage/return: unknown element");
  }
}
