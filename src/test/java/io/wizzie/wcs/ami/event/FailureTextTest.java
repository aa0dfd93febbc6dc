package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void saysWithoutNamesOfClassesWhatFailed() {
    assertThat(FailureText.plain("x can't be read (java.nio.file.AccessDeniedException: /a/x)."))
        .isEqualTo("x can't be read (permission denied: /a/x).");
    assertThat(FailureText.plain("failed: java.io.IOException: No space left on device"))
        .isEqualTo("failed: No space left on device");
    assertThat(FailureText.plain("the package io.wizzie.wcs is no exception"))
        .isEqualTo("the package io.wizzie.wcs is no exception");
  }

  @Test
  void findsWordsForAFailureThatHasNone() {
    assertThat(FailureText.of(new AccessDeniedException("/a/x")))
        .isEqualTo("permission denied: /a/x");
    assertThat(FailureText.of(new IllegalStateException("a bug"))).isEqualTo("a bug");
    assertThat(FailureText.of(new NullPointerException())).isEqualTo("a value is missing");
    assertThat(FailureText.of(new IllegalStateException())).isEmpty();
  }
}
