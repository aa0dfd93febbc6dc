package io.wizzie.wcs.ami.localregion.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * EC2's service model as the AWS CLI and boto3 have it: {@code service-2.json} of Debian's package
 * {@code python3-botocore}. It is read here without any help of the Java SDK's, which the endpoint
 * itself is made with.
 */
final class ServiceModel {
  private static final String FILE = "botocore/data/ec2/2016-11-15/service-2.json";
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/lib/python3/dist-packages"), Path.of("/usr/lib/python3/site-packages"));

  private final JsonNode operations;
  private final JsonNode shapes;

  private ServiceModel(JsonNode model) {
    operations = model.path("operations");
    shapes = model.path("shapes");
  }

  /** The model that is installed on this machine. */
  static Optional<ServiceModel> installed() {
    return PLACES.stream().flatMap(place -> below(place).stream()).findFirst();
  }

  /** The model of the Python packages in a folder; empty if botocore is not among them. */
  static Optional<ServiceModel> below(Path packages) {
    Path plain = packages.resolve(FILE);
    Path packed = packages.resolve(FILE + ".gz");
    try {
      if (Files.exists(plain)) {
        return Optional.of(new ServiceModel(new ObjectMapper().readTree(plain.toFile())));
      }
      if (Files.exists(packed)) {
        try (InputStream json = new GZIPInputStream(Files.newInputStream(packed))) {
          return Optional.of(new ServiceModel(new ObjectMapper().readTree(json)));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Everything about an answer that the model doesn't know.
   *
   * @param seen gets the path of every element that it does know
   */
  List<String> problems(String action, Element answer, Set<String> seen) {
    List<String> problems = new ArrayList<>();
    if (!answer.getTagName().equals(action + "Response")) {
      problems.add(action + ": the root is " + answer.getTagName());
    }
    JsonNode output = operations.path(action).path("output").path("shape");
    List<Element> elements = new ArrayList<>(children(answer));
    elements.removeIf(element -> element.getTagName().equals("requestId"));
    if (output.isMissingNode()) {
      // EC2's actions without an output answer <return>true</return>, of which no model speaks.
      if (elements.size() != 1 || !elements.get(0).getTagName().equals("return")) {
        problems.add(action + ": an action without an output answers " + names(elements));
      }
      return problems;
    }
    structure(action, shapes.path(output.asText()), elements, problems, seen);
    return problems;
  }

  private void structure(
      String path,
      JsonNode shape,
      List<Element> elements,
      List<String> problems,
      Set<String> seen) {
    Map<String, JsonNode> members = new HashMap<>();
    shape
        .path("members")
        .properties()
        .forEach(
            member ->
                members.put(
                    member.getValue().path("locationName").asText(member.getKey()),
                    member.getValue()));
    Set<String> given = new HashSet<>();
    for (Element element : elements) {
      String name = element.getTagName();
      String below = path + "/" + name;
      JsonNode member = members.get(name);
      if (member == null) {
        problems.add(below + ": unknown element");
      } else if (!given.add(name)) {
        problems.add(below + ": given twice");
      } else {
        seen.add(below);
        value(below, shapes.path(member.path("shape").asText()), element, problems, seen);
      }
    }
  }

  private void value(
      String path, JsonNode shape, Element element, List<String> problems, Set<String> seen) {
    switch (shape.path("type").asText()) {
      case "structure" -> {
        noText(path, element, problems);
        structure(path, shape, children(element), problems, seen);
      }
      case "list" -> {
        noText(path, element, problems);
        JsonNode member = shape.path("member");
        for (Element item : children(element)) {
          if (!item.getTagName().equals(member.path("locationName").asText("member"))) {
            problems.add(path + "/" + item.getTagName() + ": not the name of the list's items");
          } else {
            value(path, shapes.path(member.path("shape").asText()), item, problems, seen);
          }
        }
      }
      default -> scalar(path, shape, element, problems);
    }
  }

  private static void scalar(String path, JsonNode shape, Element element, List<String> problems) {
    String text = element.getTextContent();
    if (!children(element).isEmpty()) {
      problems.add(path + ": has elements where text is expected");
      return;
    }
    boolean right =
        switch (shape.path("type").asText()) {
          case "string", "blob" -> isAllowed(shape.path("enum"), text);
          case "boolean" -> text.matches("true|false");
          case "integer", "long" -> text.matches("-?\\d{1,18}");
          case "double", "float" -> text.matches("-?\\d+(\\.\\d+)?");
          case "timestamp" -> text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
          default -> false;
        };
    if (!right) {
      problems.add(path + ": '" + text + "' is no " + shape);
    }
  }

  private static boolean isAllowed(JsonNode values, String text) {
    if (values.isMissingNode()) {
      return true;
    }
    for (JsonNode value : values) {
      if (value.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static void noText(String path, Element element, List<String> problems) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() == Node.TEXT_NODE && !node.getTextContent().isBlank()) {
        problems.add(path + ": has text where elements are expected");
      }
    }
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private static List<String> names(List<Element> elements) {
    return elements.stream().map(Element::getTagName).toList();
  }
}
