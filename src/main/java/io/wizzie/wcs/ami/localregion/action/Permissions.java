package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who but the owner may use an image or a snapshot: accounts, or everybody as the group {@code
 * all}.
 */
record Permissions(List<String> users, List<String> groups) {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  /** One permission of a request: an account or a group. */
  record Entry(@Nullable String user, @Nullable String group) {}

  /**
   * These permissions, changed.
   *
   * @param kind of attribute, for the error code: {@code AMI} or {@code Snapshot}
   */
  Permissions changed(PermissionChange change, String kind) {
    Set<String> newUsers = new LinkedHashSet<>(users);
    Set<String> newGroups = new LinkedHashSet<>(groups);
    change
        .add()
        .forEach(
            entry -> {
              check(entry, kind);
              if (entry.user() != null) {
                newUsers.add(entry.user());
              }
              if (entry.group() != null) {
                newGroups.add(entry.group());
              }
            });
    change
        .remove()
        .forEach(
            entry -> {
              check(entry, kind);
              newUsers.remove(entry.user());
              newGroups.remove(entry.group());
            });
    return new Permissions(List.copyOf(newUsers), List.copyOf(newGroups));
  }

  private static void check(Entry entry, String kind) {
    if (entry.user() != null && !ACCOUNT.matcher(entry.user()).matches()) {
      throw invalid(kind, entry.user(), "userId");
    }
    if (entry.group() != null && !entry.group().equals("all")) {
      throw invalid(kind, entry.group(), "groupName");
    }
  }

  private static Refusal invalid(String kind, String value, String type) {
    return Refusal.of(
        "Invalid" + kind + "AttributeItemValue",
        "Invalid attribute item value \"" + value + "\" for " + type + " item type.");
  }
}
