package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The owners that a describing request asks for: {@code self}, an alias, or an account ID. */
final class Owners {
  private Owners() {}

  static boolean match(List<String> wanted, String ownerId, @Nullable String ownerAlias) {
    boolean match = wanted.isEmpty();
    for (String owner : wanted) {
      match |=
          switch (owner) {
            case "self" -> ownerId.equals(Account.ID);
            case "amazon", "aws-marketplace", "aws-backup-vault" -> owner.equals(ownerAlias);
            default -> ownerId.equals(checked(owner));
          };
    }
    return match;
  }

  private static String checked(String owner) {
    if (!owner.matches("\\d{12}")) {
      throw Refusal.of("InvalidUserID.Malformed", "Invalid user id: \"" + owner + "\"");
    }
    return owner;
  }
}
