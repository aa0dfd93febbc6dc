package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.TextRule;
import io.wizzie.wcs.ami.config.reader.Shape.Field;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import io.wizzie.wcs.ami.config.reader.Shape.ListOf;
import io.wizzie.wcs.ami.config.reader.Shape.MapOf;
import io.wizzie.wcs.ami.config.reader.Shape.Text;
import io.wizzie.wcs.ami.config.reader.Shape.Whole;

/** Renders the field table as Markdown: one table for the top, and one for each group below. */
final class ReferenceTable {
  private static final String LEGEND =
      """
      Of what is set twice the last holds: defaults, the files in their order, their
      `regions.<region>`, `--set`. Objects merge, lists and all else replace, null goes back to the
      default. A duration is text such as `90s`, `5m` or `1h30m`. Files and folders are on this
      machine: relative ones start at the folder of the file that names them (in `--set` at the
      working folder), and `~/` is your home. A template is text with `{timestamp}`, `{version}` or
      `{build-id}` in it.

      """;

  private final StringBuilder text = new StringBuilder();

  String render() {
    text.append(LEGEND);
    head();
    for (Field field : FieldTable.FILE.fields().values()) {
      row(field.name(), field);
    }
    for (Field field : FieldTable.FILE.fields().values()) {
      if (field.shape() instanceof Group group) {
        text.append("\n**`").append(field.name()).append("`**: ").append(field.description());
        text.append("\n\n");
        head();
        rows(group, "");
      }
    }
    return text.toString();
  }

  private void head() {
    text.append("| Field | Type | Default | Meaning |\n|---|---|---|---|\n");
  }

  /** The groups of the top have a table each; a group in a group has its rows in that one's. */
  private void rows(Group group, String prefix) {
    for (Field field : group.fields().values()) {
      String name = prefix + field.name();
      row(name, field);
      if (field.shape() instanceof Group inner) {
        rows(inner, name + ".");
      } else if (field.shape() instanceof ListOf list && list.element() instanceof Group inner) {
        rows(inner, name + "[].");
      }
    }
  }

  private void row(String name, Field field) {
    text.append("| `").append(name).append("` | ");
    text.append(type(field.shape())).append(" | ").append(defaultOf(field)).append(" | ");
    text.append(field.description().replace("|", "\\|")).append(" |\n");
  }

  private static String defaultOf(Field field) {
    return field.defaultValue() == null ? "" : "`" + field.defaultValue() + "`";
  }

  private static String type(Shape shape) {
    if (shape instanceof Text text) {
      return type(text.rule());
    }
    if (shape instanceof Whole whole) {
      return whole.minimum() + " to " + whole.maximum();
    }
    if (shape instanceof ListOf list) {
      return "list of " + plural(type(list.element()));
    }
    if (shape instanceof MapOf map) {
      return map.value() instanceof Group ? "object" : "object of " + plural(type(map.value()));
    }
    return shape instanceof Shape.Flag ? "true, false" : "object";
  }

  private static String plural(String type) {
    return type.startsWith("list") ? type.replaceFirst("list", "lists") : type + "s";
  }

  private static String type(TextRule rule) {
    return switch (rule.kind()) {
      case DURATION -> "duration";
      case FILE -> "file";
      case FOLDER -> "folder";
      case TEMPLATE -> "template";
      case PLAIN ->
          rule.choices().isEmpty() ? "text" : "`" + String.join("` `", rule.choices()) + "`";
    };
  }
}
