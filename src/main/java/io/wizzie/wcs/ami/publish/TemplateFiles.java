package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;

/** The template in a build's folder, in both forms. */
public final class TemplateFiles {
  public static final String JSON = "template.json";
  public static final String YAML = "template.yaml";

  private TemplateFiles() {}

  /**
   * Writes both.
   *
   * @throws BuildException category HOST when they can't be written
   */
  public static void write(LaunchableImage image, Path folder) {
    ObjectNode template = StackTemplate.of(image);
    try {
      PrivateFiles.write(folder.resolve(JSON), TemplateText.json(template));
      PrivateFiles.write(folder.resolve(YAML), TemplateText.yaml(template));
    } catch (IOException failed) {
      throw new BuildException(
          Category.HOST, "The template can't be written to " + folder + ": " + failed, failed);
    }
  }
}
