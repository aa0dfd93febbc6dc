package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A template as text; both forms are the same tree, and end with a line end. */
public final class TemplateText {
  /** Text that every YAML reader takes for text without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*(?:(?: |::)[A-Za-z0-9_./-]+)*");

  /** What YAML 1.1, which CloudFormation reads, takes for something else than text. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private TemplateText() {}

  public static String json(JsonNode template) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return written(template, printer) + "\n";
  }

  /** Block style, functions in their long form. */
  public static String yaml(JsonNode template) {
    StringBuilder text = new StringBuilder();
    block(template, 0, text);
    return text.toString();
  }

  private static void block(JsonNode node, int depth, StringBuilder text) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        text.append("  ".repeat(depth)).append(scalar(field.getKey())).append(':');
        value(field.getValue(), depth + 1, text);
      }
    } else {
      for (JsonNode item : node) {
        text.append("  ".repeat(depth)).append('-');
        if (item.isContainerNode() && !item.isEmpty()) {
          // The first line of the item stands behind its dash.
          int begin = text.length();
          block(item, depth + 1, text);
          text.delete(begin, begin + 2 * depth + 1);
        } else {
          value(item, depth + 1, text);
        }
      }
    }
  }

  private static void value(JsonNode node, int depth, StringBuilder text) {
    if (!node.isContainerNode()) {
      text.append(' ').append(node.isTextual() ? scalar(node.textValue()) : node.asText());
    } else if (node.isEmpty()) {
      text.append(node.isObject() ? " {}" : " []");
    } else {
      text.append('\n');
      block(node, depth, text);
      return;
    }
    text.append('\n');
  }

  /** Quoted as in JSON, whose strings are YAML's too, unless that is not needed. */
  private static String scalar(String value) {
    boolean plain =
        PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT));
    return plain ? value : written(JsonNodeFactory.instance.textNode(value), null);
  }

  private static String written(JsonNode node, @Nullable DefaultPrettyPrinter printer) {
    JsonMapper mapper = JsonMapper.builder().build();
    try {
      return printer == null
          ? mapper.writeValueAsString(node)
          : mapper.writer(printer).writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of plain values can be written", impossible);
    }
  }
}
