package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.base.FileNames;
import io.wizzie.wcs.ami.config.NearestName;
import io.wizzie.wcs.ami.config.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that every recipe and role that a run list names exists, through roles of roles too. */
final class RunListCheck {
  /** A statement of a role written in Ruby, as far as its arguments are literals. */
  private static final Pattern RUBY_LISTS =
      Pattern.compile(
          "(?m)^(?:run_list|env_run_lists?)\\b((?:[\\s,(){}\\[\\]]|=>|'[^'\\\\]*'|\"[^\"\\\\#]*\")*)");

  private static final Pattern RUBY_ITEM =
      Pattern.compile("['\"]((?:recipe|role)\\[[^'\"\\]]+])['\"]");

  private static final int MOST_LISTED = 12;

  private final NavigableMap<String, Cookbook> cookbooks;
  private final boolean allNamed;
  private final Set<String> reached = new TreeSet<>();
  private final @Nullable Map<String, ChefObjects.Item> roles;
  private final Consumer<Problem> problems;
  private final Set<String> checkedRoles = new HashSet<>();

  /**
   * @param roles null when nobody knows which there are
   */
  RunListCheck(
      CookbookFolders cookbooks,
      @Nullable Map<String, ChefObjects.Item> roles,
      Consumer<Problem> problems) {
    this.cookbooks = cookbooks.all();
    this.allNamed = cookbooks.allNamed();
    this.roles = roles;
    this.problems = problems;
  }

  /**
   * @param where the file, and line if known, that the item stands in
   * @param field the configuration's field that leads to it
   */
  void check(String item, String where, String field) {
    RunListItem parsed = RunListItem.parse(item).orElse(null);
    if (parsed instanceof RunListItem.Recipe recipe) {
      String problem = problemWith(recipe);
      if (problem != null) {
        problem(where, field, item + ": " + problem);
      }
    } else if (parsed instanceof RunListItem.Role role) {
      checkRole(role.name(), item, where, field);
    } else {
      problem(where, field, "'" + item + "' is no run list item; write recipe[…] or role[…]");
    }
  }

  /** The cookbooks that the items checked so far name. */
  Set<String> reached() {
    return reached;
  }

  private @Nullable String problemWith(RunListItem.Recipe recipe) {
    Cookbook cookbook = cookbooks.get(recipe.cookbook());
    if (cookbook == null && !allNamed) {
      return null;
    }
    if (cookbook == null) {
      return "there is no cookbook '"
          + recipe.cookbook()
          + "'"
          + nearest(recipe, Suggestion.of(recipe.cookbook(), cookbooks.keySet()));
    }
    reached.add(recipe.cookbook());
    if (!VersionConstraint.admits(recipe.version(), cookbook.version())) {
      return String.format("%s says version %s", cookbook.metadataFile(), cookbook.version());
    }
    return cookbook.recipes().contains(recipe.recipe())
        ? null
        : "cookbook '"
            + recipe.cookbook()
            + "' has no recipe '"
            + recipe.recipe()
            + "'"
            + nearest(recipe, Suggestion.of(recipe.recipe(), cookbook.recipes()));
  }

  /** The nearest recipe of all, as it would be written; else the nearest name, or all there are. */
  private String nearest(RunListItem.Recipe wanted, String otherwise) {
    List<String> recipes =
        cookbooks.values().stream()
            .flatMap(book -> book.recipes().stream().map(name -> written(book.name(), name)))
            .toList();
    Optional<String> nearest = NearestName.of(written(wanted.cookbook(), wanted.recipe()), recipes);
    if (nearest.isPresent() || !otherwise.isEmpty()) {
      return nearest.map(name -> "; did you mean \"recipe[" + name + "]\"?").orElse(otherwise);
    }
    return recipes.isEmpty() || recipes.size() > MOST_LISTED
        ? ""
        : "; there are recipe[" + String.join("], recipe[", recipes) + "]";
  }

  private static String written(String cookbook, String recipe) {
    return cookbook + (recipe.equals("default") ? "" : "::" + recipe);
  }

  private void checkRole(String name, String item, String where, String field) {
    if (roles == null) {
      return;
    }
    ChefObjects.Item role = roles.get(name);
    if (role == null) {
      problem(
          where,
          field,
          String.format(
              "%s: there is no role '%s'%s", item, name, Suggestion.of(name, roles.keySet())));
    } else if (checkedRoles.add(name)) {
      runListOf(role).forEach(inner -> check(inner, FileNames.shown(role.file()), field));
    }
  }

  private static List<String> runListOf(ChefObjects.Item role) {
    List<String> items = new ArrayList<>();
    JsonNode json = role.json();
    if (json == null) {
      String code = String.join("\n", RubyText.of(role.text()).code());
      for (Matcher lists = RUBY_LISTS.matcher(code); lists.find(); ) {
        // What goes on in its line is computed, or a condition.
        if (lists.end() == code.length() || lists.group().endsWith("\n")) {
          RUBY_ITEM.matcher(lists.group(1)).results().forEach(item -> items.add(item.group(1)));
        }
      }
      return items;
    }
    json.path("run_list").forEach(item -> items.add(item.asText()));
    json.path("env_run_lists").forEach(list -> list.forEach(item -> items.add(item.asText())));
    return items;
  }

  private void problem(String where, String field, String message) {
    problems.accept(new Problem(where, field, message));
  }
}
