package io.wizzie.wcs.ami.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The only description of an option of the configuration, at its record's component. The reader,
 * the JSON Schema and the reference are made of it. An option without a default is required, unless
 * its component may be null.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
  /** One or two sentences in Markdown. */
  String value();

  /** The name in JSON, where Java's says more or can't be the same. */
  String name() default "";

  /** What a text must look like: the text itself, each of a list, or each value of a map. */
  TextForm form() default TextForm.ANY;

  /** What a map's names must look like. */
  TextForm names() default TextForm.ANY;

  /** How many names a map may have. */
  int mostNames() default 0;

  /** Whether it may hold a secret, which is then not printed. */
  boolean secret() default false;

  /** Names that it had earlier: they are understood still, with a warning. */
  String[] formerly() default {};

  /** The default as text, or a list's elements; a list that has one can't be empty. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Default {
    String[] value();
  }

  /** The least and the most: of a number, or of a duration as text. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Between {
    String[] value();
  }

  /** An option that a group no longer has. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Removed {
    String name();

    /** What to do instead, to follow "was removed; ". */
    String instead();
  }
}
