package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.reader.EffectiveValue;
import io.wizzie.wcs.ami.pipeline.result.RedactedAttributes;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the merged configuration, each value with where it is from and without secrets. */
public final class EffectiveReport {
  private EffectiveReport() {}

  /** A line for each value. */
  public static String text(List<EffectiveValue> effective) {
    return effective.stream()
        .map(each -> each.path() + " = " + shown(each) + "  # " + each.from())
        .collect(Collectors.joining("\n"));
  }

  /** Each value: {@code path}, {@code value}, {@code from}. */
  public static ArrayNode json(List<EffectiveValue> effective) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (EffectiveValue each : effective) {
      ObjectNode one = array.addObject().put("path", each.path());
      one.set("value", shown(each));
      one.put("from", each.from());
    }
    return array;
  }

  private static JsonNode shown(EffectiveValue each) {
    if (!each.secret()) {
      return each.value();
    }
    JsonNode redacted = RedactedAttributes.of(each.value(), each.names());
    // What follows an address's question mark may be a token.
    return redacted.isTextual() && redacted.textValue().matches("https?://[^?]*\\?.*")
        ? JsonNodeFactory.instance.textNode(redacted.textValue().replaceFirst("\\?.*", "?(secret)"))
        : redacted;
  }
}
