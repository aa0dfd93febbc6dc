package io.wizzie.wcs.ami.config.reader;

/** The configuration described, for people and for editors, from the table that the reader uses. */
public final class ConfigurationReference {
  private ConfigurationReference() {}

  /** Markdown tables of all fields, one per group, for configuration.md. */
  public static String markdown() {
    return new ReferenceTable().render();
  }

  /** The JSON Schema, draft 2020-12, of a configuration file. */
  public static String schema() {
    return new SchemaWriter().write();
  }
}
