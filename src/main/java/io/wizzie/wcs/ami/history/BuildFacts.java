package io.wizzie.wcs.ami.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A build as facts that can be compared: by section and name, each with its value as text. */
final class BuildFacts {
  private static final Pattern ARCHITECTURE = Pattern.compile("[?&]arch=([^&]+)");

  private final Map<Section, SortedMap<String, String>> facts = new EnumMap<>(Section.class);
  private final BuildRecord record;

  private BuildFacts(BuildRecord record) {
    this.record = record;
  }

  static BuildFacts of(BuildRecord record) {
    BuildFacts facts = new BuildFacts(record);
    facts.readManifest();
    if (record.inventory() != null) {
      facts.readInventory(record.inventory());
    }
    return facts;
  }

  SortedMap<String, String> of(Section section) {
    return facts.getOrDefault(section, new TreeMap<>());
  }

  private void readManifest() {
    put(Section.PRODUCT, "version", record.text("version"));
    put(Section.SOURCE_IMAGE, "id", record.text("sourceImage", "imageId"));
    put(Section.SOURCE_IMAGE, "name", record.text("sourceImage", "name"));
    put(Section.SOURCE_IMAGE, "owner", record.text("sourceImage", "ownerId"));
    put(Section.SOURCE_IMAGE, "architecture", record.text("sourceImage", "architecture"));
    put(Section.SYSTEM, "system", record.text("guestSystem", "prettyName"));
    put(Section.SYSTEM, "builder kernel", record.text("inventory", "builderKernel"));
    record
        .manifest()
        .path("inventory")
        .path("kernels")
        .forEach(kernel -> put(Section.SYSTEM, "kernel " + kernel.asText(), kernel.asText()));
    put(Section.ROOT_VOLUME, "device", record.text("rootVolume", "deviceName"));
    put(Section.ROOT_VOLUME, "size in GiB", record.text("rootVolume", "volumeSize"));
    put(Section.ROOT_VOLUME, "type", record.text("rootVolume", "volumeType"));
    put(Section.CHEF, "product", record.text("chef", "product"));
    put(Section.CHEF, "version", record.text("chef", "version"));
    put(Section.TOOL, "wcs-ami", record.text("toolVersion"));
    for (String phase : List.of("provision", "bootstrap")) {
      JsonNode node = record.manifest().path(phase);
      put(Section.RUN_LISTS, phase, list(node.path("runList")));
      flatten(phase, node.path("attributes"));
    }
    put(Section.RUN_LISTS, "environment", record.text("provision", "environment"));
    for (JsonNode cookbook : record.manifest().path("cookbooks")) {
      put(
          Section.COOKBOOKS,
          cookbook.path("phase").asText() + " " + cookbook.path("name").asText(),
          cookbook.path("version").asText() + " sha256:" + cookbook.path("sha256").asText());
    }
    put(Section.BUNDLE, "sha256", record.text("bundle", "sha256"));
  }

  private void readInventory(JsonNode inventory) {
    for (JsonNode component : inventory.path("components")) {
      String name = component.path("name").asText();
      String version = component.path("version").asText();
      String purl = component.path("purl").asText();
      if (purl.startsWith("pkg:deb/")) {
        Matcher architecture = ARCHITECTURE.matcher(purl);
        add(
            Section.PACKAGES,
            architecture.find() ? name + ":" + architecture.group(1) : name,
            version);
      } else if (component.path("type").asText().equals("container")) {
        add(Section.CONTAINER_IMAGES, name + ":" + version, digest(component));
      } else if (purl.startsWith("pkg:gem/")) {
        add(Section.GEMS, name, version);
      }
    }
  }

  /** The registry's digest, or the image's own where there is none. */
  private static String digest(JsonNode component) {
    Map<String, String> properties = new TreeMap<>();
    component
        .path("properties")
        .forEach(each -> properties.put(each.path("name").asText(), each.path("value").asText()));
    String id = properties.getOrDefault("wcs-ami:image-id", "");
    return properties.getOrDefault("wcs-ami:digest", id);
  }

  /** Each leaf by its dotted path; a list is a leaf. */
  private void flatten(String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties().forEach(each -> flatten(path + "." + each.getKey(), each.getValue()));
    } else if (!node.isMissingNode() && !(node.isObject() && !path.contains("."))) {
      put(Section.ATTRIBUTES, path, node.toString());
    }
  }

  private static @Nullable String list(JsonNode node) {
    return node.isMissingNode()
        ? null
        : String.join(
            ", ", StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList());
  }

  private void put(Section section, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.computeIfAbsent(section, missing -> new TreeMap<>()).put(name, value);
    }
  }

  /** Of gems and images there may be several of a name. */
  private void add(Section section, String name, String value) {
    facts
        .computeIfAbsent(section, missing -> new TreeMap<>())
        .merge(
            name,
            value,
            (old, added) -> {
              List<String> all = new ArrayList<>(List.of(old.split(", ", -1)));
              all.add(added);
              return String.join(", ", all.stream().sorted().distinct().toList());
            });
  }
}
