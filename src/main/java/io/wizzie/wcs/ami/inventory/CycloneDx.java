package io.wizzie.wcs.ami.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.inventory.Inventory.ContainerImage;
import io.wizzie.wcs.ami.inventory.Inventory.DebPackage;
import io.wizzie.wcs.ami.inventory.Inventory.Gem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * An inventory as a CycloneDX 1.6 document. Equal input makes equal text: its serial number is
 * derived from the build ID, its time is the build's start.
 */
public final class CycloneDx {
  private static final String SPEC_VERSION = "1.6";
  private static final String PROPERTY = "wcs-ami:";

  private final Subject subject;
  private final Set<String> references = new HashSet<>();

  /**
   * What the inventory is of.
   *
   * @param version of the product in the image
   * @param createdAt when the build began
   * @param system ID of the guest's os-release, such as {@code debian}; likewise its version
   */
  public record Subject(
      String buildId,
      String imageName,
      String version,
      Instant createdAt,
      String toolVersion,
      String system,
      String systemVersion) {}

  private CycloneDx(Subject subject) {
    this.subject = subject;
  }

  /**
   * The document, indented, with a line end.
   *
   * @param mask takes secrets out of it, should a guest have put them into a name
   */
  public static String json(Inventory inventory, Subject subject, UnaryOperator<JsonNode> mask) {
    JsonNode document = mask.apply(new CycloneDx(subject).document(inventory));
    try {
      return JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(document)
          + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of plain values can be written", impossible);
    }
  }

  private ObjectNode document(Inventory inventory) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "http://cyclonedx.org/schema/bom-" + SPEC_VERSION + ".schema.json");
    root.put("bomFormat", "CycloneDX");
    root.put("specVersion", SPEC_VERSION);
    root.put("serialNumber", "urn:uuid:" + serial());
    root.put("version", 1);
    root.set("metadata", metadata(inventory));
    ArrayNode components = root.putArray("components");
    components
        .addObject()
        .put("type", "operating-system")
        .put("bom-ref", reference("system"))
        .put("name", subject.system())
        .put("version", subject.systemVersion());
    inventory.packages().forEach(deb -> add(components, deb));
    inventory.containerImages().forEach(image -> add(components, image));
    inventory.gems().forEach(gem -> add(components, gem));
    return root;
  }

  private UUID serial() {
    return UUID.nameUUIDFromBytes(
        ("wcs-ami/" + subject.buildId()).getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode metadata(Inventory inventory) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("timestamp", subject.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata
        .putObject("tools")
        .putArray("components")
        .addObject()
        .put("type", "application")
        .put("name", "wcs-ami")
        .put("version", subject.toolVersion());
    metadata
        .putObject("component")
        .put("type", "platform")
        .put("bom-ref", reference("image"))
        .put("name", subject.imageName())
        .put("version", subject.version());
    ArrayNode properties = metadata.putArray("properties");
    property(properties, "build-id", subject.buildId());
    property(properties, "builder-kernel", inventory.runningKernel());
    inventory.kernels().forEach(kernel -> property(properties, "kernel", kernel));
    return metadata;
  }

  private void add(ArrayNode components, DebPackage deb) {
    ObjectNode component =
        component(
            components,
            "library",
            deb.name(),
            deb.version(),
            PackageUrl.of(deb, subject.system(), subject.systemVersion()));
    ArrayNode properties = component.putArray("properties");
    property(properties, "architecture", deb.architecture());
    property(properties, "source", deb.source());
    property(properties, "source-version", deb.sourceVersion());
  }

  private void add(ArrayNode components, ContainerImage image) {
    String version = image.tag() != null ? image.tag() : image.id();
    ObjectNode component =
        component(components, "container", image.repository(), version, PackageUrl.of(image));
    ArrayNode properties = component.putArray("properties");
    property(properties, "image-id", image.id());
    if (image.digest() != null) {
      property(properties, "digest", image.digest());
    }
  }

  private void add(ArrayNode components, Gem gem) {
    component(components, "library", gem.name(), gem.version(), PackageUrl.of(gem));
  }

  private ObjectNode component(
      ArrayNode components, String type, String name, String version, String purl) {
    return components
        .addObject()
        .put("type", type)
        .put("bom-ref", reference(purl))
        .put("name", name)
        .put("version", version)
        .put("purl", purl);
  }

  /** Must be unique in the document; two images may have lost the same tag. */
  private String reference(String wanted) {
    String reference = wanted;
    for (int number = 2; !references.add(reference); number++) {
      reference = wanted + "#" + number;
    }
    return reference;
  }

  private static void property(ArrayNode properties, String name, String value) {
    properties.addObject().put("name", PROPERTY + name).put("value", value);
  }
}
