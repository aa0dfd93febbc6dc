package io.wizzie.wcs.ami.localregion.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills one of the SDK's request types from the flattened parameters of the Query protocol, such as
 * {@code NetworkInterface.1.SecurityGroupId.2}.
 *
 * <p>The names and types come from EC2's own service model, which the SDK's types carry along: so
 * every parameter that EC2 knows is understood here, and no other.
 */
public final class RequestReader {
  /** A tag or attribute can have an empty value, and this is how a device is left out. */
  private static final Set<String> EMPTY_COUNTS = Set.of("Value", "NoDevice");

  private static final Map<MarshallingType<?>, Function<String, Object>> SCALARS =
      Map.of(
          MarshallingType.STRING, text -> text,
          MarshallingType.BOOLEAN, RequestReader::flag,
          MarshallingType.INTEGER, Integer::valueOf,
          MarshallingType.LONG, Long::valueOf,
          MarshallingType.DOUBLE, Double::valueOf,
          MarshallingType.FLOAT, Float::valueOf,
          MarshallingType.INSTANT, Instant::parse,
          MarshallingType.SDK_BYTES,
              text -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));

  private RequestReader() {}

  /** Reads a request; an unknown parameter or a value of a wrong type is refused. */
  public static SdkPojo read(
      Supplier<? extends SdkPojo> newBuilder, SortedMap<String, String> parameters) {
    Node root = new Node("");
    parameters.forEach(root::add);
    return structure(newBuilder.get(), root);
  }

  private static SdkPojo structure(SdkPojo builder, Node node) {
    if (node.value != null) {
      throw unknown(node.path);
    }
    Map<String, SdkField<?>> fields =
        builder.sdkFields().stream()
            .collect(Collectors.toMap(SdkField::locationName, field -> field));
    node.children.forEach(
        (name, child) -> {
          SdkField<?> field = fields.get(name);
          if (field == null) {
            throw unknown(child.path);
          }
          if (!absent(field, child)) {
            field.set(builder, value(field, child));
          }
        });
    return (SdkPojo) ((Buildable) builder).build();
  }

  /** To EC2 an empty text is none, and many clients send it so, but not where it says something. */
  private static boolean absent(SdkField<?> field, Node node) {
    return field.marshallingType() == MarshallingType.STRING
        && "".equals(node.value)
        && !EMPTY_COUNTS.contains(field.locationName());
  }

  private static Object value(SdkField<?> field, Node node) {
    if (field.marshallingType() == MarshallingType.LIST) {
      return list(field.getTrait(ListTrait.class).memberFieldInfo(), node);
    }
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      return structure(field.constructor().get(), node);
    }
    if (node.value == null || !node.children.isEmpty()) {
      throw unknown(node.children.isEmpty() ? node.path : node.firstChild().path);
    }
    return scalar(field.marshallingType(), node.path, node.value);
  }

  private static List<Object> list(SdkField<?> member, Node node) {
    if (node.value != null) {
      throw unknown(node.path);
    }
    SortedMap<Integer, Node> members = new TreeMap<>();
    node.children.forEach(
        (index, child) -> {
          if (!index.matches("[1-9][0-9]{0,8}") && !index.equals("0")) {
            throw unknown(child.path);
          }
          members.put(Integer.valueOf(index), child);
        });
    List<Object> values = new ArrayList<>();
    members.values().forEach(child -> values.add(value(member, child)));
    return values;
  }

  private static Object scalar(MarshallingType<?> type, String path, String text) {
    Function<String, Object> read = SCALARS.get(type);
    if (read == null) {
      throw new IllegalStateException(path + " has a type that no request of EC2 has: " + type);
    }
    try {
      return read.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw invalid(path, text);
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "1" -> true;
      case "false", "False", "FALSE", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Refusal invalid(String path, String text) {
    return Refusal.invalidValue("Invalid value '" + text + "' for " + path);
  }

  private static Refusal unknown(String path) {
    return Refusal.of("UnknownParameter", "The parameter " + path + " is not recognized");
  }

  /** A part of a parameter's dotted name, with what stands below it. */
  private static final class Node {
    final String path;
    final SortedMap<String, Node> children = new TreeMap<>();
    @Nullable String value;

    Node(String path) {
      this.path = path;
    }

    void add(String name, String value) {
      Node node = this;
      for (String part : name.split("\\.", -1)) {
        String path = node.path.isEmpty() ? part : node.path + "." + part;
        node = node.children.computeIfAbsent(part, key -> new Node(path));
      }
      node.value = value;
    }

    Node firstChild() {
      return children.values().iterator().next();
    }
  }
}
