package io.wizzie.wcs.ami.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTypesTest {
  private static void check(String architecture, String... types) {
    SourceImage image =
        new SourceImage("ami-1", "debian", "1", architecture, "/dev/xvda", 8, List.of(), null);
    InstanceTypes.requireFor(image, List.of(types), "builder.instanceTypes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t4g.small",
        "m7gd.large",
        "c8gn.large",
        "a1.medium",
        "x2gd.large",
        "im4gn.large",
        "is4gen.large",
        "g5g.xlarge",
        "c7gn.large",
        "hpc7g.4xlarge",
        "r8g.large"
      })
  void knowsGravitonByItsName(String type) {
    assertThatCode(() -> check("arm64", type)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("x86_64", type)).hasMessageContaining(type + " (arm64)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t3.large", "t3a.large", "m5dn.large", "g4dn.xlarge", "g6e.xlarge", "gr6.4xlarge",
        "p4d.24xlarge", "i4i.large", "u-6tb1.56xlarge", "x2iedn.xlarge", "inf2.xlarge", "m1.small"
      })
  void takesTheOthersThatItKnowsForIntelAndAmd(String type) {
    assertThatCode(() -> check("x86_64", type)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("arm64", type)).hasMessageContaining(type + " (x86_64)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"q99.large", "q99g.large", "mac2.metal", "nonsense"})
  void doesNotJudgeWhatItDoesNotKnow(String type) {
    assertThatCode(() -> check("x86_64", type)).doesNotThrowAnyException();
    assertThatCode(() -> check("arm64", type)).doesNotThrowAnyException();
    assertThatCode(() -> check("arm64_mac", "t3.large")).doesNotThrowAnyException();
  }

  @Test
  void namesTheTypesTheImageAndTheField() {
    assertThatThrownBy(() -> check("x86_64", "t3.large", "t4g.large", "m7g.large"))
        .isInstanceOfSatisfying(
            BuildException.class,
            failed -> assertThat(failed.category()).isEqualTo(Category.CONFIGURATION))
        .hasMessage(
            "builder.instanceTypes: t4g.large (arm64), m7g.large (arm64) can't run image ami-1,"
                + " which is for x86_64. Name types of that architecture, or choose an image for"
                + " the other.");
  }
}
