package io.wizzie.wcs.ami.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which program this is.
 *
 * @param commit it was built from; {@code unknown} when the build was not told
 */
public record ToolVersion(String version, String commit) {
  private static final String RESOURCE = "/io/wizzie/wcs/ami/cli/version.properties";

  /** As the build wrote it into the jar. */
  public static ToolVersion current() {
    Properties properties = new Properties();
    try (InputStream in = ToolVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + RESOURCE);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ToolVersion(
        properties.getProperty("version", "unknown"), properties.getProperty("commit", "unknown"));
  }

  /** What {@code --version} prints. */
  public String describe() {
    return """
        wcs-ami %s (commit %s)
        JDK %s (%s), %s %s"""
        .formatted(
            version,
            commit,
            Runtime.version(),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
