package io.wizzie.wcs.ami.config.reader;

import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code chef.fallbackSoloPath} out of every region but the local one: what it names may not
 * be Chef, and must never converge an image that is sold.
 */
final class FallbackRule {
  /** Follows the value in a message. */
  static final String REMEDY =
      "is allowed in regions.local only, since a real image needs a real Chef; move it there, or"
          + " remove it.";

  private static final String GROUP = "chef";
  private static final String FIELD = "fallbackSoloPath";

  private FallbackRule() {}

  /** The overrides or the build, without a fallback; one that was there is a problem. */
  static Value refuse(Value value, String path, Problems problems) {
    Value fallback = given(value);
    if (fallback == null
        || !(value instanceof Value.Fields fields)
        || !(fields.members().get(GROUP) instanceof Value.Fields chef)) {
      return value;
    }
    String at = FieldPath.child(FieldPath.child(path, GROUP), FIELD);
    problems.add(fallback.origin(), at, ShapeCheck.shown(fallback) + " " + REMEDY);
    return fields.with(GROUP, chef.with(FIELD, new Value.Broken(fallback.origin())));
  }

  private static @Nullable Value given(Value value) {
    Value chef = value instanceof Value.Fields fields ? fields.members().get(GROUP) : null;
    Value fallback = chef instanceof Value.Fields fields ? fields.members().get(FIELD) : null;
    return fallback instanceof Value.Scalar ? fallback : null;
  }
}
