package io.wizzie.wcs.ami.event;

import java.util.regex.Pattern;

/** Tells which lines of chef-solo's output are worth showing where all would be too many. */
final class ChefLine {
  /** As what events name chef-solo. */
  static final String SOURCE = "chef-solo";

  private static final Pattern RECIPE =
      Pattern.compile("(?:Recipe: |Converging |Running handlers).*");

  /** A resource of a recipe, or of a custom resource; how it ended stands at the line's end. */
  private static final Pattern RESOURCE =
      Pattern.compile("(?!.*\\((?:up to date\\)|skipped due to ))\\s*\\* \\S.* action \\S+.*");

  private static final Pattern END = Pattern.compile(".*\\b\\d+/\\d+ resources updated\\b.*");

  private ChefLine() {}

  static boolean isNews(String line) {
    return RECIPE.matcher(line).matches()
        || RESOURCE.matcher(line).matches()
        || END.matcher(line).matches();
  }
}
