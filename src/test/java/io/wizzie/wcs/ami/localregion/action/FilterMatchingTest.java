package io.wizzie.wcs.ami.localregion.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Filter;

/** What a filter's value matches. */
class FilterMatchingTest {
  private final FilterMatching<String> filters =
      new FilterMatching<String>(text -> Collections.emptySortedMap()).one("text", text -> text);

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, ABC, false",
    "abc, a*, true",
    "abc, *, true",
    "abc, *b*, true",
    "abc, a?c, true",
    "abc, a?, false",
    "a*c, a\\*c, true",
    "abc, a\\*c, false",
    "a.c, a.c, true",
    "abc, a.c, false",
    "a\\c, a\\\\c, true",
    "a\\, a\\, true",
    "a[b]+(c), a[b]+(c), true"
  })
  void wildcardsMatchAndNothingElseIsSpecial(String text, String value, boolean matches) {
    assertThat(filters.select(List.of(text), List.of(filter("text", value))).size() == 1)
        .isEqualTo(matches);
  }

  @Test
  void everyFilterHasToMatchOneOfItsValues() {
    List<String> all = List.of("ab", "ac", "bc");

    assertThat(filters.select(all, List.of(filter("text", "ab", "bc"))))
        .containsExactly("ab", "bc");
    assertThat(filters.select(all, List.of(filter("text", "a*"), filter("text", "*c"))))
        .containsExactly("ac");
    assertThat(filters.select(all, List.of(filter("tag:a", "*")))).isEmpty();
  }

  @Test
  void aFilterThatIsNotKnownOrHasNoValuesIsRefused() {
    assertThatThrownBy(() -> filters.select(List.of(), List.of(filter("colour", "blue"))))
        .isInstanceOf(Refusal.class)
        .hasMessage("The filter 'colour' is invalid");
    assertThatThrownBy(() -> filters.select(List.of(), List.of(filter("text"))))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () ->
                filters.select(
                    List.of(),
                    List.of(
                        filter(
                            "text",
                            IntStream.range(0, 201)
                                .mapToObj(String::valueOf)
                                .toArray(String[]::new)))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("200");
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }
}
