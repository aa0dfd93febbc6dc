package io.wizzie.wcs.ami.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingPathTest {
  @Test
  void splitsAtDots() {
    assertThat(SettingPath.read("image.name=a=b.c"))
        .isEqualTo(new SettingPath("image.name", List.of("image", "name")));
  }

  @Test
  void takesIndexesInBothForms() {
    assertThat(SettingPath.read("a[12].b.3=x"))
        .isEqualTo(new SettingPath("a[12].b.3", List.of("a", "12", "b", "3")));
  }

  @Test
  void takesNamesInQuotes() {
    assertThat(SettingPath.read("image.tags.\"a.b=c\"=x"))
        .isEqualTo(new SettingPath("image.tags.\"a.b=c\"", List.of("image", "tags", "a.b=c")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "image",
        "=x",
        "image.=x",
        ".image=x",
        "a..b=x",
        "a[x]=1",
        "a\"b\"=1",
        "a[0]b=1"
      })
  void refusesWhatIsNoPath(String setting) {
    assertThat(SettingPath.read(setting)).isNull();
  }
}
