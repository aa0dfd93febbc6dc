package io.wizzie.wcs.ami.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.TextForm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void theConfigurationKnowsEveryCheck() {
    assertThat(TextForm.CHECK_ID.rule().choices())
        .containsExactlyElementsOf(Arrays.stream(Check.values()).map(Check::id).toList());
  }

  @Test
  void isFoundByItsId() {
    assertThat(Check.of("aws-credentials")).contains(Check.AWS_CREDENTIALS);
    assertThat(Check.of("AWS_CREDENTIALS")).isEmpty();
  }
}
