package io.wizzie.wcs.ami.chef;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An item of a run list, read as Chef reads it (lib/chef/run_list/run_list_item.rb). */
sealed interface RunListItem {
  /**
   * A recipe.
   *
   * @param recipe {@code default} when the item names only the cookbook
   * @param version of the cookbook; empty for any
   */
  record Recipe(String cookbook, String recipe, String version) implements RunListItem {}

  /** A role, by name. */
  record Role(String name) implements RunListItem {}

  Pattern RECIPE = Pattern.compile("recipe\\[([^\\]@]+)(?:@(\\d+(?:\\.\\d+){1,2}))?]");
  Pattern ROLE = Pattern.compile("role\\[([^\\]]+)]");
  Pattern BARE = Pattern.compile("([^\\[\\]@\\s]+)(?:@(\\d+(?:\\.\\d+){1,2}))?");

  /** The item, or empty when the text is none. */
  static Optional<RunListItem> parse(String text) {
    Matcher role = ROLE.matcher(text);
    if (role.matches()) {
      return Optional.of(new Role(role.group(1)));
    }
    Matcher recipe = RECIPE.matcher(text);
    if (recipe.matches()) {
      return Optional.of(recipe(recipe));
    }
    Matcher bare = BARE.matcher(text);
    return bare.matches() ? Optional.of(recipe(bare)) : Optional.empty();
  }

  private static RunListItem recipe(Matcher item) {
    String name = item.group(1);
    String version = item.group(2) == null ? "" : item.group(2);
    int colons = name.indexOf("::");
    return colons < 0
        ? new Recipe(name, "default", version)
        : new Recipe(name.substring(0, colons), name.substring(colons + 2), version);
  }
}
