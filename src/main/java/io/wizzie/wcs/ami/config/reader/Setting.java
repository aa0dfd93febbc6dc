package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code --set PATH=VALUE}, checked by itself.
 *
 * @param steps names and, as digits, indexes that lead to the value
 */
record Setting(Origin origin, List<String> steps, Value value) {
  private static final int LONGEST_INDEX = 6;

  Setting {
    steps = List.copyOf(steps);
  }

  /** Reads and checks a setting; null when it can't be used. */
  static @Nullable Setting read(String text, int source, Problems problems) {
    SettingPath path = SettingPath.read(text);
    if (path == null) {
      problems.add(
          Origin.option(source, "--set " + text),
          "",
          "not of the form PATH=VALUE; write for example --set image.name=wcs-{timestamp}.");
      return null;
    }
    Origin origin = Origin.option(source, "--set " + path.text());
    List<String> steps = new ArrayList<>();
    Shape shape = shapeAt(path.steps(), steps, origin, problems);
    if (shape == null) {
      return null;
    }
    String written = text.substring(path.text().length() + 1);
    Value value = value(written, shape, origin, path.text(), problems);
    return new Setting(origin, steps, new ShapeCheck(problems).check(value, shape, path.text()));
  }

  /** Whether it changes a region's overrides rather than the build itself. */
  boolean isForRegions() {
    return steps.get(0).equals("regions");
  }

  /** What it changes in one region, as a setting of the build itself; null when nothing. */
  @Nullable Setting forRegion(@Nullable String region) {
    if (!isForRegions() || region == null) {
      return null;
    }
    if (steps.size() > 1) {
      return steps.get(1).equals(region)
          ? new Setting(origin, steps.subList(2, steps.size()), value)
          : null;
    }
    Value overrides = value instanceof Value.Fields fields ? fields.members().get(region) : null;
    return overrides == null ? null : new Setting(origin, List.of(), overrides);
  }

  /** Whether it is a null for everything that was set before. */
  boolean unsetsAll() {
    return steps.isEmpty() && value instanceof Value.Unset;
  }

  /** Lays the setting over what holds without it. */
  Value applyTo(Value below, Problems problems) {
    return apply(below, 0, "", problems);
  }

  private Value apply(@Nullable Value below, int depth, String path, Problems problems) {
    if (depth == steps.size()) {
      return below == null ? value : Value.merge(below, value);
    }
    String step = steps.get(depth);
    if (below instanceof Value.Elements list) {
      return applyToList(list, step, depth, path, problems);
    }
    // An object that was there by default only is the setting's own from now on.
    Value.Fields fields =
        below instanceof Value.Fields given && !given.origin().equals(Origin.DEFAULT)
            ? given
            : new Value.Fields(
                origin, below instanceof Value.Fields empty ? empty.members() : Map.of());
    String at = FieldPath.child(path, step);
    return fields.with(step, apply(fields.members().get(step), depth + 1, at, problems));
  }

  private Value applyToList(
      Value.Elements list, String step, int depth, String path, Problems problems) {
    List<Value> values = new ArrayList<>(list.values());
    int index = isIndex(step) ? Integer.parseInt(step) : Integer.MAX_VALUE;
    if (index > values.size()) {
      problems.add(
          origin,
          path,
          "has no element "
              + step
              + "; write an index from 0 to "
              + values.size()
              + (values.isEmpty() ? "" : ", where " + values.size() + " appends")
              + ".");
      return list;
    }
    String at = FieldPath.element(path, index);
    if (index == values.size()) {
      values.add(apply(null, depth + 1, at, problems));
    } else {
      values.set(index, apply(values.get(index), depth + 1, at, problems));
    }
    return new Value.Elements(origin, values);
  }

  private static boolean isIndex(String step) {
    return step.length() <= LONGEST_INDEX && step.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * Walks the field table; null, and a problem, where the path leads nowhere.
   *
   * @param names gets the steps, with the new names of what was renamed
   */
  private static @Nullable Shape shapeAt(
      List<String> steps, List<String> names, Origin origin, Problems problems) {
    ShapeCheck check = new ShapeCheck(problems);
    Shape shape = FieldTable.FILE;
    String path = "";
    for (String step : steps) {
      if (shape instanceof Shape.Group group) {
        Shape.Field field = check.field(origin, step, group, path);
        if (field == null) {
          return null;
        }
        names.add(field.name());
        shape = field.shape();
        path = FieldPath.child(path, field.name());
        continue;
      } else if (shape instanceof Shape.MapOf map) {
        if (!check.mayBeNamed(origin, step, map, path)) {
          return null;
        }
        shape = map.value();
      } else if (shape instanceof Shape.ListOf list && isIndex(step)) {
        shape = list.element();
      } else if (!(shape instanceof Shape.Attributes)) {
        problems.add(
            origin,
            path,
            "has no \"" + step + "\" in it; set it as a whole to " + Shape.wanted(shape) + ".");
        return null;
      } else {
        // What lies inside of attributes is the cookbooks' own affair: anything goes from here.
        names.addAll(steps.subList(names.size(), steps.size()));
        return new Shape.Anything();
      }
      names.add(step);
      path = FieldPath.child(path, step);
    }
    return shape;
  }

  /**
   * A field that wants text takes the value as it stands, so that {@code --set version=1.10} is not
   * the number 1.1; quotes and null keep their meaning of JSON.
   */
  private static Value value(
      String text, Shape shape, Origin origin, String path, Problems problems) {
    boolean textWanted = shape instanceof Shape.Text;
    if (textWanted && !text.equals("null") && !text.startsWith("\"")) {
      return new Value.Scalar(origin, TextNode.valueOf(text));
    }
    try {
      return JsonText.read(text, origin, path, problems);
    } catch (NotJsonException e) {
      return new Value.Scalar(origin, TextNode.valueOf(text));
    }
  }
}
