package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The files for guests that this program carries; a jar can't list a folder, so they are named. */
final class Bundled {
  private static final String FOLDER = "/io/wizzie/wcs/ami/localregion/";

  private Bundled() {}

  static byte[] read(String name) {
    return find(name)
        .orElseThrow(
            () ->
                Category.HOST.failure(
                    "This program is incomplete: it lacks its file %s. Build it anew."
                        .formatted(name)));
  }

  private static Optional<byte[]> find(String name) {
    try (InputStream stream = Bundled.class.getResourceAsStream(FOLDER + name)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException unreadable) {
      throw Category.HOST.failure(
          "This program's file %s cannot be read.".formatted(name), unreadable);
    }
  }

  /** Names of the stand-in's files, relative to its folder; none when this program has none. */
  static List<String> standIn() {
    return find("stand-in/index").stream()
        .flatMap(index -> new String(index, StandardCharsets.UTF_8).lines())
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
