package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.base.FileNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds after all merging, by dotted path. A value that was refused is there, but has no
 * content: the getters answer null for it, as for one that isn't given.
 */
record MergedConfig(Value.Fields build) {
  private static final String HOME = "~/";

  @Nullable Value value(String path) {
    Value value = build;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof Value.Fields fields ? fields.members().get(name) : null;
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  /** Whether somebody wrote it, good or not; empty lists and objects don't count. */
  boolean isGiven(String path) {
    Value value = value(path);
    return value != null
        && value.origin().source() != Origin.DEFAULT.source()
        && !(value instanceof Value.Elements list && list.values().isEmpty())
        && !(value instanceof Value.Fields fields && fields.members().isEmpty());
  }

  Origin origin(String path) {
    Value value = value(path);
    return value == null ? Origin.DEFAULT : value.origin();
  }

  @Nullable String text(String path) {
    return text(value(path));
  }

  @Nullable Integer whole(String path) {
    return value(path) instanceof Value.Scalar scalar ? (Integer) scalar.node().intValue() : null;
  }

  @Nullable Boolean flag(String path) {
    return value(path) instanceof Value.Scalar scalar
        ? (Boolean) scalar.node().booleanValue()
        : null;
  }

  @Nullable Duration duration(String path) {
    String text = text(path);
    return text == null ? null : DurationText.parse(text);
  }

  @Nullable Path path(String path) {
    Value value = value(path);
    return value == null ? null : path(value);
  }

  List<String> texts(String path) {
    return texts(value(path));
  }

  /** Looks at each group of a list, to be asked by the names of its own fields, and its path. */
  void forEachGroup(String path, BiConsumer<MergedConfig, String> look) {
    if (value(path) instanceof Value.Elements list) {
      list.forEach(
          path,
          (element, at) -> {
            if (element instanceof Value.Fields group) {
              look.accept(new MergedConfig(group), at);
            }
          });
    }
  }

  /**
   * A path on this machine, absolute; relative ones start at the folder of what names them. Null
   * for what is no text, and for letters that file names can't have in the locale.
   */
  static @Nullable Path path(Value value) {
    String text = text(value);
    try {
      return text == null ? null : absolute(text, value.origin());
    } catch (InvalidPathException lettersOfAnotherLocale) {
      return null;
    }
  }

  private static Path absolute(String text, Origin origin) {
    // A shell expands ~ only at the start of a word, so not in --set ssh.privateKeyFile=~/key.
    Path path =
        text.startsWith(HOME)
            ? FileNames.resolve(
                Path.of(System.getProperty("user.home")), text.substring(HOME.length()))
            : FileNames.resolve(origin.folder(), text);
    return path.toAbsolutePath().normalize();
  }

  static @Nullable String text(@Nullable Value value) {
    return value instanceof Value.Scalar scalar ? scalar.node().textValue() : null;
  }

  private static List<String> texts(@Nullable Value value) {
    return value instanceof Value.Elements list
        ? list.values().stream().flatMap(element -> Stream.ofNullable(text(element))).toList()
        : List.of();
  }
}
