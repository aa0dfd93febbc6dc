package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
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
      Value.Elements complete =
          list.map(
              one ->
                  one instanceof Value.Fields each && isComplete.test(new MergedConfig(each))
                      ? one
                      : null);
      return build.with(group, fields.with(name, complete));
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
      return fields.map((name, member) -> whole(member));
    }
    return value instanceof Value.Elements list ? list.map(LenientConfig::whole) : value;
  }

  private static void place(Value value, String path, Map<String, String> places) {
    if (!value.origin().equals(Origin.DEFAULT)) {
      places.put(path, value.origin().where());
    }
    if (value instanceof Value.Fields fields) {
      fields.members().forEach((name, one) -> place(one, FieldPath.child(path, name), places));
    } else if (value instanceof Value.Elements list) {
      list.forEach(path, (one, at) -> place(one, at, places));
    }
  }
}
