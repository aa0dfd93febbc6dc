package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.base.FileNames;
import io.wizzie.wcs.ami.config.NameTemplate;
import io.wizzie.wcs.ami.config.TextRule;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import io.wizzie.wcs.ami.config.reader.Shape.ListOf;
import io.wizzie.wcs.ami.config.reader.Shape.MapOf;
import io.wizzie.wcs.ami.config.reader.Shape.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a value is worth only once all is merged: files that have to exist here, and texts with
 * their placeholders filled in.
 */
final class ContentChecks {
  /**
   * EC2's characters for an image's name.
   *
   * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html">
   *     CreateImage</a>
   */
  private static final Pattern NAME_CHARACTERS = Pattern.compile("[A-Za-z0-9()\\[\\] ./\\-'@_]*");

  private static final int SHORTEST_NAME = 3;
  private static final int LONGEST_NAME = 128;
  private static final String NAME = "image.name";

  private final MergedConfig spec;
  private final Problems problems;
  private final NameTemplate sample;
  private final Consumer<Path> refused;

  /**
   * @param sampleBuildId a build ID as long as they get
   * @param refused gets each file or folder that can't be used
   */
  ContentChecks(
      MergedConfig spec, String sampleBuildId, Problems problems, Consumer<Path> refused) {
    this.spec = spec;
    this.problems = problems;
    this.refused = refused;
    String version = spec.text("version");
    this.sample = new NameTemplate(Instant.EPOCH, version == null ? "" : version, sampleBuildId);
  }

  void check() {
    walk(spec.build(), FieldTable.BUILD, "");
  }

  private void walk(Value value, Shape shape, String path) {
    if (shape instanceof Group group && value instanceof Value.Fields fields) {
      fields
          .members()
          .forEach(
              (name, member) -> {
                Shape.Field field = group.fields().get(name);
                if (field != null) {
                  walk(member, field.shape(), FieldPath.child(path, name));
                }
              });
    } else if (shape instanceof MapOf map && value instanceof Value.Fields fields) {
      size(fields, map, path);
      fields
          .members()
          .forEach((name, member) -> walk(member, map.value(), FieldPath.child(path, name)));
    } else if (shape instanceof ListOf list && value instanceof Value.Elements elements) {
      elements.forEach(path, (element, at) -> walk(element, list.element(), at));
    } else if (shape instanceof Text text && value instanceof Value.Scalar) {
      text(value, text.rule(), path);
    }
  }

  private void size(Value.Fields value, MapOf map, String path) {
    int size = value.members().size();
    if (size > map.maximumSize()) {
      problems.add(
          value.origin(), path, "has " + size + " names; leave at most " + map.maximumSize() + ".");
    }
  }

  private void text(Value value, TextRule rule, String path) {
    switch (rule.kind()) {
      case FILE -> file(value, path, false);
      case FOLDER -> file(value, path, true);
      case TEMPLATE -> template(value, rule, path);
      case PLAIN, DURATION -> {}
    }
  }

  private void file(Value value, String path, boolean folder) {
    Path file = MergedConfig.path(value);
    if (file == null) {
      problems.add(
          value.origin(),
          path,
          ShapeCheck.shown(value)
              + " can't be a file's name in this locale; set LC_ALL=C.UTF-8, or rename the file.");
      return;
    }
    String problem = null;
    if (Files.notExists(file)) {
      problem = "does not exist (" + FileNames.shown(file) + "); correct the path, or create it.";
    } else if (Files.isDirectory(file) != folder) {
      problem = folder ? "is no folder; name the folder." : "is a folder; name a file in it.";
    } else if (!Files.isReadable(file)) {
      problem = "can't be read (" + FileNames.shown(file) + "); check its permissions.";
    }
    if (problem != null) {
      refused.accept(file);
      problems.add(value.origin(), path, ShapeCheck.shown(value) + " " + problem);
    }
  }

  private void template(Value value, TextRule rule, String path) {
    String template = MergedConfig.text(value);
    if (template == null) {
      return;
    }
    String rendered = sample.render(template);
    boolean name = path.equals(NAME);
    int shortest = name ? SHORTEST_NAME : rule.minimumLength();
    int longest = name ? LONGEST_NAME : rule.maximumLength();
    int length = rendered.codePointCount(0, rendered.length());
    if (length < shortest || length > longest) {
      problems.add(
          value.origin(),
          path,
          "%s becomes %s characters long, such as \"%s\"; EC2 takes %s%s."
              .formatted(
                  ShapeCheck.shown(value),
                  length,
                  ShapeCheck.shortened(rendered),
                  shortest == 0 ? "at most " : shortest + " to ",
                  longest));
    }
    if (name && !NAME_CHARACTERS.matcher(rendered).matches()) {
      problems.add(
          value.origin(),
          path,
          ShapeCheck.shown(value)
              + " has characters that EC2 doesn't take in an image's name; write letters, digits,"
              + " spaces and ( ) [ ] . / - ' @ _ only.");
    }
  }
}
