package io.wizzie.wcs.ami.chef;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cookbook as it goes into the bundle.
 *
 * @param name from its metadata, else its folder's; also its folder's name in the bundle
 * @param version null when it is not known
 * @param depends version constraints by cookbook
 * @param metadataFile where name, version and dependencies were read
 */
record Cookbook(
    String name,
    @Nullable String version,
    Map<String, String> depends,
    String metadataFile,
    List<FileTree.Entry> files) {
  // A single recipe.rb at the top is the default recipe, and recipes may be YAML or JSON.
  private static final Pattern RECIPE =
      Pattern.compile("recipes/(.+)\\.(?:rb|ya?ml|json)|(recipe)\\.(?:rb|ya?ml|json)");

  Cookbook {
    depends = Map.copyOf(depends);
    files = List.copyOf(files);
  }

  /** Names of its recipes. */
  NavigableSet<String> recipes() {
    NavigableSet<String> recipes = new TreeSet<>();
    for (FileTree.Entry file : files) {
      Matcher recipe = RECIPE.matcher(file.relative());
      if (recipe.matches()) {
        recipes.add(recipe.group(1) == null ? "default" : recipe.group(1));
      }
    }
    return recipes;
  }
}
