package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The CloudFormation template that launches one instance of the image, made to AWS Marketplace's
 * rules: the image by region mapping and only that one, no port open to the world, no default for
 * who may connect, no secret among the parameters, no availability zone. It is {@value #RESOURCE}
 * with the image filled in.
 */
public final class StackTemplate {
  /** Name of the file in a build's folder. */
  public static final String FILE = "template.json";

  private static final String RESOURCE = "stack-template.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

  private StackTemplate() {}

  /** The template as a tree. */
  public static ObjectNode of(LaunchableImage image) {
    ObjectNode root = resource();
    root.put(
        "Description",
        "Wizzie Community Stack %s on one instance of the image %s."
            .formatted(image.version(), image.name()));
    ObjectNode types = at(root, "/Parameters/InstanceType");
    String architecture = image.architecture().equals("arm64") ? "arm64" : "x86_64";
    JsonNode allowed = types.path("AllowedValues").path(architecture);
    types.set("Default", allowed.path(0));
    types.set("AllowedValues", allowed);
    at(root, "/Parameters/VolumeSize")
        .put("Default", image.rootSizeGib())
        .put("MinValue", image.rootSizeGib());
    at(root, "/Parameters/KeyName")
        .put("Description", "Key pair whose public key may log in as " + image.loginUser() + ".");
    ObjectNode regions = at(root, "/Mappings/Images");
    image.imageIds().forEach((region, id) -> regions.putObject(region).put("ImageId", id));
    at(root, "/Resources/Instance/Properties/BlockDeviceMappings/0")
        .put("DeviceName", image.rootDeviceName());
    ArrayNode login = (ArrayNode) root.at("/Outputs/Ssh/Value/Fn::Sub");
    login.set(0, "ssh " + image.loginUser() + "@${Address}");
    return root;
  }

  /**
   * Writes the template into a build's folder.
   *
   * @throws BuildException category HOST when it can't be written
   */
  public static void write(LaunchableImage image, Path folder) {
    try {
      PrivateFiles.write(folder.resolve(FILE), text(image));
    } catch (IOException failed) {
      throw Category.HOST.failure(
          "The template can't be written to " + folder + ": " + failed, failed);
    }
  }

  /** The template as text, which ends with a line end. */
  public static String text(LaunchableImage image) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return JSON.writer(printer).writeValueAsString(of(image)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of plain values can be written", impossible);
    }
  }

  private static ObjectNode at(ObjectNode root, String pointer) {
    return (ObjectNode) root.at(pointer);
  }

  private static ObjectNode resource() {
    try (InputStream json = StackTemplate.class.getResourceAsStream(RESOURCE)) {
      if (json == null) {
        throw new IllegalStateException("The jar lacks " + RESOURCE);
      }
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read the resource " + RESOURCE, e);
    }
  }
}
