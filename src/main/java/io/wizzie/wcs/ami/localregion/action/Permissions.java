package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who but the owner may use an image or a snapshot: accounts, or everybody as the group {@code
 * all}.
 */
record Permissions(List<String> users, List<String> groups) {

  /** The permissions of a request's list, each of an account or a group. */
  static <T> Permissions of(
      List<T> entries, Function<T, @Nullable String> user, Function<T, @Nullable String> group) {
    return new Permissions(texts(entries, user), texts(entries, group));
  }

  private static <T> List<String> texts(List<T> entries, Function<T, @Nullable String> text) {
    return entries.stream().map(text).filter(Objects::nonNull).toList();
  }

  /**
   * What a request adds and takes away. EC2 has two forms of saying it: lists of what to add and
   * what to remove, and, older, one list with an operation type. Packer sends both at once, without
   * the type: then the older form says nothing.
   */
  record Change(Permissions add, Permissions remove) {

    /** The same with what the older form says; the attribute is the newer form's parameter. */
    Change with(String attribute, Permissions named, @Nullable String operationType) {
      Change both =
          new Change(
              "add".equals(operationType) ? add.plus(named) : add,
              "remove".equals(operationType) ? remove.plus(named) : remove);
      if (both.add.isEmpty() && both.remove.isEmpty()) {
        throw Refusal.missing(named.isEmpty() ? attribute : "OperationType");
      }
      return both;
    }
  }

  boolean isEmpty() {
    return users.isEmpty() && groups.isEmpty();
  }

  /**
   * These permissions, changed; the kind is part of the error code: {@code AMI} or {@code
   * Snapshot}.
   */
  Permissions changed(Change change, String kind) {
    change.add().check(kind);
    change.remove().check(kind);
    Permissions all = plus(change.add());
    return new Permissions(
        without(all.users, change.remove().users), without(all.groups, change.remove().groups));
  }

  private Permissions plus(Permissions more) {
    return new Permissions(both(users, more.users), both(groups, more.groups));
  }

  private static List<String> both(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  private static List<String> without(List<String> all, List<String> some) {
    return all.stream().filter(one -> !some.contains(one)).toList();
  }

  private void check(String kind) {
    check(users, "\\d{12}", kind, "userId");
    check(groups, "all", kind, "groupName");
  }

  private static void check(List<String> values, String form, String kind, String type) {
    for (String value : values) {
      if (!value.matches(form)) {
        throw Refusal.of(
            "Invalid" + kind + "AttributeItemValue",
            "Invalid attribute item value \"%s\" for %s item type.".formatted(value, type));
      }
    }
  }
}
