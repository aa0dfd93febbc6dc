package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.config.NearestName;
import java.util.Collection;

/** The end of a message about a name that does not exist. */
final class Suggestion {
  private Suggestion() {}

  /** Asks for the nearest of the names that exist; empty when none is near. */
  static String of(String written, Collection<String> names) {
    return NearestName.of(written, names)
        .map(name -> "; did you mean \"" + name + "\"?")
        .orElse("");
  }
}
