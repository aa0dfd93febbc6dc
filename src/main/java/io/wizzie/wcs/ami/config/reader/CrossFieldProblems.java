package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.reader.Value.Broken;

/**
 * Reports contradictions between fields, at the file and line of the one to change.
 *
 * @param whole the place of fields that are missing altogether
 */
record CrossFieldProblems(MergedConfig spec, Origin whole, Problems problems) {

  /** The message follows the path of the field. */
  void field(String path, String message) {
    Value value = spec.value(path);
    Origin origin = value == null ? Origin.DEFAULT : value.origin();
    problems.add(origin.equals(Origin.DEFAULT) ? whole : origin, path, message);
  }

  /** The message follows the path of the field and its value. */
  void value(String path, String message) {
    Value value = spec.value(path);
    String shown = value == null || value instanceof Broken ? "it" : ShapeCheck.shown(value);
    field(path, shown + " " + message);
  }

  /** Only one of the two can be given; the later one is reported. */
  void exclusive(String one, String other) {
    boolean broken = spec.value(one) instanceof Broken || spec.value(other) instanceof Broken;
    if (!spec.isGiven(one) || !spec.isGiven(other) || broken) {
      return;
    }
    Origin first = spec.origin(one);
    Origin second = spec.origin(other);
    boolean firstIsLater =
        first.source() == second.source()
            ? first.line() > second.line()
            : first.source() > second.source();
    String later = firstIsLater ? one : other;
    String earlier = firstIsLater ? other : one;
    field(
        later,
        "given together with "
            + earlier
            + " ("
            + spec.origin(earlier).where()
            + "), and only one of them can hold; remove one, or set it to null.");
  }

  /** A field that means nothing without another. */
  void needs(String path, String needed, String remedy) {
    if (spec.isGiven(path) && !spec.isGiven(needed)) {
      value(path, "needs " + needed + "; set it to " + remedy + ".");
    }
  }
}
