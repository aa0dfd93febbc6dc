package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;

/** The template in a build's folder. */
public final class TemplateFiles {
  public static final String JSON = "template.json";

  private TemplateFiles() {}

  /**
   * Writes it.
   *
   * @throws BuildException category HOST when it can't be written
   */
  public static void write(LaunchableImage image, Path folder) {
    try {
      PrivateFiles.write(folder.resolve(JSON), text(StackTemplate.of(image)));
    } catch (IOException failed) {
      throw new BuildException(
          Category.HOST, "The template can't be written to " + folder + ": " + failed, failed);
    }
  }

  /** A template as text, which ends with a line end. */
  public static String text(JsonNode template) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return JsonMapper.builder().build().writer(printer).writeValueAsString(template) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of plain values can be written", impossible);
    }
  }
}
