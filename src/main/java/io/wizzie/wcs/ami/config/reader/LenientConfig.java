package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes of a configuration with mistakes one without: what was refused counts as not given. */
final class LenientConfig {
  private static final String NO_VERSION = "0";

  private LenientConfig() {}

  static Value.Fields of(Value.Fields build) {
    Value whole = whole(build);
    Value.Fields filled =
        Defaults.fill(whole == null ? Value.Fields.empty(Origin.DEFAULT) : whole, FieldTable.BUILD);
    Value.Fields complete =
        without(
            without(filled, "audit", "waivers", WaiverChecks::isComplete),
            "verify",
            "checks",
            SmokeCheckRules::isComplete);
    return complete.members().containsKey("version")
        ? complete
        : complete.with("version", new Value.Scalar(Origin.DEFAULT, TextNode.valueOf(NO_VERSION)));
  }

  /** The same without incomplete elements of a list, which other checks report. */
  private static Value.Fields without(
      Value.Fields build, String group, String name, Predicate<MergedConfig> isComplete) {
    if (build.members().get(group) instanceof Value.Fields fields
        && fields.members().get(name) instanceof Value.Elements list) {
      List<Value> complete =
          list.values().stream()
              .filter(
                  one ->
                      one instanceof Value.Fields each && isComplete.test(new MergedConfig(each)))
              .toList();
      return build.with(group, fields.with(name, new Value.Elements(list.origin(), complete)));
    }
    return build;
  }

  /** Where each value was written, by path. */
  static Map<String, String> places(Value.Fields build, Origin whole) {
    Map<String, String> places = new LinkedHashMap<>();
    place(build, "", places);
    places.put("", whole.where());
    return places;
  }

  private static @Nullable Value whole(Value value) {
    if (value instanceof Value.Broken) {
      return null;
    }
    if (value instanceof Value.Fields fields) {
      Map<String, Value> members = new LinkedHashMap<>();
      fields
          .members()
          .forEach(
              (name, member) -> {
                Value good = whole(member);
                if (good != null) {
                  members.put(name, good);
                }
              });
      return new Value.Fields(fields.origin(), members);
    }
    if (value instanceof Value.Elements list) {
      List<Value> elements = new ArrayList<>();
      for (Value element : list.values()) {
        Value good = whole(element);
        if (good != null) {
          elements.add(good);
        }
      }
      return new Value.Elements(list.origin(), elements);
    }
    return value;
  }

  private static void place(Value value, String path, Map<String, String> places) {
    if (!value.origin().equals(Origin.DEFAULT)) {
      places.put(path, value.origin().where());
    }
    if (value instanceof Value.Fields fields) {
      fields.members().forEach((name, one) -> place(one, FieldPath.child(path, name), places));
    } else if (value instanceof Value.Elements list) {
      for (int index = 0; index < list.values().size(); index++) {
        place(list.values().get(index), FieldPath.element(path, index), places);
      }
    }
  }
}
