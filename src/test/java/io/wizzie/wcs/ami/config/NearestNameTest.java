package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> NAMES =
      List.of("instanceTypes", "subnetId", "sourceCidrs", "runList", "cookbookPaths", "tags");

  @ParameterizedTest
  @CsvSource({
    "instanceType, instanceTypes",
    "instance_types, instanceTypes",
    "INSTANCETYPES, instanceTypes",
    "subnet-id, subnetId",
    "sbunetId, subnetId",
    "run_list, runList",
    "cookbook, cookbookPaths",
    "tag, tags",
    "sourceCidr, sourceCidrs",
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(NearestName.of(written, NAMES)).hasValue(meant);
  }

  @Test
  void staysSilentWhenNothingIsNear() {
    assertThat(NearestName.of("spotPrice", NAMES)).isEmpty();
    assertThat(NearestName.of("x", NAMES)).isEmpty();
  }
}
