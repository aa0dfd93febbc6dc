package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.spec.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that every recipe and role that a run list names exists, through roles of roles too. */
final class RunListCheck {
  private static final Pattern RUBY_COMMENT = Pattern.compile("(?m)^\\s*#.*$");

  /** In a role written in Ruby, items are found as literals; a computed one is not seen. */
  private static final Pattern RUBY_ITEM =
      Pattern.compile("['\"]((?:recipe|role)\\[[^'\"\\]]+])['\"]");

  private final NavigableMap<String, Cookbook> cookbooks;
  private final Map<String, ChefObjects.Item> roles;
  private final String field;
  private final Consumer<Problem> problems;
  private final Set<String> checkedRoles = new HashSet<>();

  /**
   * Makes a check.
   *
   * @param field the configuration's field that holds the run list, for problems
   */
  RunListCheck(
      NavigableMap<String, Cookbook> cookbooks,
      Map<String, ChefObjects.Item> roles,
      String field,
      Consumer<Problem> problems) {
    this.cookbooks = cookbooks;
    this.roles = roles;
    this.field = field;
    this.problems = problems;
  }

  /**
   * Checks the items.
   *
   * @param where the file that the items stand in, or the field
   */
  void check(List<String> items, String where) {
    for (String item : items) {
      RunListItem parsed = RunListItem.parse(item).orElse(null);
      if (parsed instanceof RunListItem.Recipe recipe) {
        checkRecipe(recipe, item, where);
      } else if (parsed instanceof RunListItem.Role role) {
        checkRole(role.name(), item, where);
      } else {
        problem(where, "'" + item + "' is no run list item; write recipe[…] or role[…]");
      }
    }
  }

  private void checkRecipe(RunListItem.Recipe recipe, String item, String where) {
    Cookbook cookbook = cookbooks.get(recipe.cookbook());
    if (cookbook == null) {
      problem(
          where,
          String.format(
              "%s: there is no cookbook '%s'%s",
              item, recipe.cookbook(), Suggestion.of(recipe.cookbook(), cookbooks.keySet())));
      return;
    }
    NavigableSet<String> recipes = cookbook.recipes();
    if (!recipes.contains(recipe.recipe())) {
      problem(
          where,
          String.format(
              "%s: cookbook '%s' has no recipe '%s'%s",
              item, recipe.cookbook(), recipe.recipe(), Suggestion.of(recipe.recipe(), recipes)));
    }
  }

  private void checkRole(String name, String item, String where) {
    ChefObjects.Item role = roles.get(name);
    if (role == null) {
      problem(
          where,
          String.format(
              "%s: there is no role '%s'%s", item, name, Suggestion.of(name, roles.keySet())));
    } else if (checkedRoles.add(name)) {
      check(runListOf(role), role.file().toString());
    }
  }

  private static List<String> runListOf(ChefObjects.Item role) {
    List<String> items = new ArrayList<>();
    JsonNode json = role.json();
    if (json == null) {
      Matcher found = RUBY_ITEM.matcher(RUBY_COMMENT.matcher(role.text()).replaceAll(""));
      while (found.find()) {
        items.add(found.group(1));
      }
      return items;
    }
    json.path("run_list").forEach(item -> items.add(item.asText()));
    json.path("env_run_lists").forEach(list -> list.forEach(item -> items.add(item.asText())));
    return items;
  }

  private void problem(String where, String message) {
    problems.accept(new Problem(where, field, message));
  }
}
