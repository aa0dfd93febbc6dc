package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.action.Permissions.Entry;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request adds to and takes from {@link Permissions}. EC2 has two forms of saying it: lists
 * of what to add and what to remove, and, older, one list with an operation type. Packer sends both
 * at once, without the type: then the older form says nothing.
 */
record PermissionChange(List<Entry> add, List<Entry> remove) {

  /**
   * Puts both forms together.
   *
   * @param attribute as the newer form's parameter is called
   */
  static PermissionChange of(
      String attribute,
      Stream<Entry> added,
      Stream<Entry> removed,
      List<String> users,
      List<String> groups,
      @Nullable String operationType) {
    List<Entry> named =
        Stream.concat(
                users.stream().map(user -> new Entry(user, null)),
                groups.stream().map(group -> new Entry(null, group)))
            .toList();
    PermissionChange change =
        new PermissionChange(
            both(added, "add".equals(operationType) ? named : List.of()),
            both(removed, "remove".equals(operationType) ? named : List.of()));
    if (change.add.isEmpty() && change.remove.isEmpty()) {
      throw Refusal.missing(named.isEmpty() ? attribute : "OperationType");
    }
    return change;
  }

  private static List<Entry> both(Stream<Entry> newer, List<Entry> older) {
    return Stream.concat(newer, older.stream()).toList();
  }
}
