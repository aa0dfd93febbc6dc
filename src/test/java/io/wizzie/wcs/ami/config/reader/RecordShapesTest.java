package io.wizzie.wcs.ami.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Field;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.TextForm;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a record says of its options is all there is to say. */
class RecordShapesTest {
  @Field.Removed(name = "colour", instead = "paint it at the first boot.")
  record House(
      @Field(value = "Doors.", formerly = "gates") @Field.Default("1") @Field.Between({"1", "9"})
          int doors,
      @Field(value = "Who lives there.", form = TextForm.USER) @Nullable String owner,
      @Field("The garden.") Garden garden) {}

  record Garden(
      @Field(value = "Trees.", form = TextForm.VERSION, formerly = "bushes") @Field.Default("oak")
          List<String> trees) {}

  record Undescribed(int doors) {}

  private final Problems problems = new Problems();

  @Test
  void aRenamedOptionIsUnderstoodWithAWarningThatNamesTheNewOne() throws Exception {
    House house = read("{\"gates\": 3, \"garden\": {\"bushes\": [\"elm\"]}}");

    assertThat(house).isEqualTo(new House(3, null, new Garden(List.of("elm"))));
    assertThat(problems.sorted()).isEmpty();
    assertThat(problems.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "a.json: gates: is now named doors; write that, the old name will go.",
            "a.json: garden.bushes: is now named trees; write that, the old name will go.");
  }

  @Test
  void aRenamedOptionCantBeGivenByBothNames() throws Exception {
    House house = read("{\"gates\": 3, \"doors\": 2}");

    assertThat(house.doors()).isEqualTo(2);
    assertThat(problems.sorted())
        .extracting(Problem::toString)
        .containsExactly(
            "a.json: gates: given together with doors, its new name; remove this one.");
  }

  @Test
  void aRemovedOptionIsRefusedWithWhatReplacesIt() throws Exception {
    House ignored = read("{\"colour\": \"blue\"}");

    assertThat(problems.sorted())
        .extracting(Problem::toString)
        .containsExactly("a.json: colour: was removed; paint it at the first boot.");
  }

  @Test
  void anOptionThatIsNotGivenHasItsDefault() {
    assertThat(SpecReader.byDefault(House.class))
        .isEqualTo(new House(1, null, new Garden(List.of("oak"))));
  }

  @Test
  void aComponentWithoutADescriptionIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> RecordShapes.of(Undescribed.class))
        .withMessageContaining("doors is not described");
  }

  @Test
  void everyOptionOfABuildHasADefaultOrMayBeNullOrIsRequired() {
    List<String> required = new ArrayList<>();
    required(BuildSpec.class, required);

    assertThat(required)
        .containsExactlyInAnyOrder("version", "check", "reason", "tcp", "http", "unit", "command");
  }

  private static void required(Class<?> type, List<String> found) {
    if (type.isSealed()) {
      for (Class<?> kind : type.getPermittedSubclasses()) {
        required(kind, found);
      }
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> inner = inner(component.getGenericType());
      boolean group = inner.isRecord() || inner.isSealed();
      if (group) {
        required(inner, found);
      }
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      boolean hasDefault = RecordShapes.byDefault(component).length > 0;
      boolean container =
          group
              || component.getGenericType() instanceof ParameterizedType
              || inner.getSimpleName().equals("ObjectNode");
      assertThat(nullable && hasDefault).as(component.toString()).isFalse();
      if (!nullable && !hasDefault && !container) {
        found.add(RecordShapes.name(component));
      }
    }
  }

  private static Class<?> inner(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return inner(arguments[arguments.length - 1]);
    }
    return (Class<?>) type;
  }

  private House read(String json) throws Exception {
    Value value = Value.of(Origin.option(0, "a.json"), new JsonMapper().readTree(json));
    Value good = new ShapeCheck(problems).check(value, RecordShapes.of(House.class), "");
    return RecordMapping.map(House.class, Defaults.fill(good, RecordShapes.of(House.class)));
  }
}
