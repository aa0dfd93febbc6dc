package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.base.FileNames;
import io.wizzie.wcs.ami.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a Chef repository beside the cookbooks: roles, environments or data bags.
 *
 * @param files everything in it, as it goes into the bundle
 * @param byName roles or environments by name; data bags by {@code bag/item}
 */
record ChefObjects(List<FileTree.Entry> files, Map<String, Item> byName) {
  private static final Pattern ITEM_ID = Pattern.compile("[-.\\w]+");

  /** Nothing: the configuration names no such folder. */
  static final ChefObjects NONE = new ChefObjects(List.of(), Map.of());

  /**
   * A role, environment or data-bag item.
   *
   * @param json its content; null when it is written in Ruby or can't be read
   * @param text its content when it is written in Ruby
   */
  record Item(Path file, @Nullable JsonNode json, String text) {}

  ChefObjects {
    files = List.copyOf(files);
    byName = Map.copyOf(byName);
  }

  /** Reads roles or environments, which are JSON or Ruby files, each named by its {@code name}. */
  static ChefObjects named(@Nullable Path folder, String field, Consumer<Problem> problems) {
    return new Reader(new ProblemReporter(field, problems)).read(folder, false);
  }

  /** Reads data bags: folders of JSON files, each named by its {@code id}. */
  static ChefObjects dataBags(@Nullable Path folder, String field, Consumer<Problem> problems) {
    return new Reader(new ProblemReporter(field, problems)).read(folder, true);
  }

  private record Reader(ProblemReporter problems) {
    ChefObjects read(@Nullable Path folder, boolean bags) {
      if (folder == null) {
        return NONE;
      }
      if (!Files.isDirectory(folder)) {
        problem(folder, Files.exists(folder) ? "is not a folder" : "does not exist");
        return NONE;
      }
      List<FileTree.Entry> files = FileTree.list(folder, folder, ChefIgnore.NONE, problems);
      Map<String, Item> items = new TreeMap<>();
      for (FileTree.Entry file : files) {
        String relative = file.relative();
        int dot = relative.lastIndexOf('.');
        String extension = relative.substring(dot + 1);
        if (extension.equals("json") || (extension.equals("rb") && !bags)) {
          String name = relative.substring(0, dot);
          Item item = item(file.source(), extension);
          Item twin = items.putIfAbsent(name, item);
          if (twin != null) {
            problem(
                file.source(),
                "has the same name as " + FileNames.shown(twin.file()) + "; remove one");
          }
          checkName(item, name, bags);
        }
      }
      return new ChefObjects(files, items);
    }

    private Item item(Path file, String extension) {
      try {
        return extension.equals("json")
            ? new Item(file, SourceFile.json(file), "")
            : new Item(file, null, SourceFile.ruby(file));
      } catch (UnreadableFileException e) {
        problems.unreadable(file, e);
        return new Item(file, null, "");
      }
    }

    private void checkName(Item item, String name, boolean bag) {
      JsonNode json = item.json();
      if (json == null) {
        return;
      }
      String key = bag ? "id" : "name";
      String expected = name.substring(name.lastIndexOf('/') + 1);
      String said = json.path(key).asText("");
      if (!json.isObject()) {
        problem(item.file(), "is not a JSON object");
      } else if (bag && name.indexOf('/') < 0) {
        problem(item.file(), "lies in no data bag; move it into a folder named like its bag");
      } else if (bag && !ITEM_ID.matcher(said).matches()) {
        problem(item.file(), "has no usable id; write: \"id\": \"" + expected + "\"");
      } else if (!said.isEmpty() && !said.equals(expected)) {
        problem(
            item.file(),
            String.format(
                "says \"%s\": \"%s\", but Chef looks for it as '%s'; make the two equal",
                key, said, expected));
      }
    }

    private void problem(Path where, String message) {
      problems.report(where, message);
    }
  }
}
