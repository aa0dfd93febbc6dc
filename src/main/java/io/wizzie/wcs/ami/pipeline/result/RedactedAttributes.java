package io.wizzie.wcs.ami.pipeline.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.event.SecretMask;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Node attributes as they may be written down. Secrets do not belong into attributes; those that
 * stand there all the same, by their name or their look, are left out of the manifest.
 */
public final class RedactedAttributes {
  static final String REDACTED = SecretMask.MASKED;

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)pass(word|wd|phrase)?$|passw|secret|token$|credential|(private|api|access|encryption)[-_]?key");

  private static final String PASSWORD_IN_ADDRESS = "://[^/\\s:@]+:([^/\\s@]+)@";

  private static final Pattern VALUE =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY|\\b(AKIA|ASIA)[A-Z0-9]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}"
              + "|"
              + PASSWORD_IN_ADDRESS);

  private static final Pattern PASSWORD = Pattern.compile(PASSWORD_IN_ADDRESS);

  private RedactedAttributes() {}

  /** The texts that {@link #of} leaves out, one by one. */
  public static void secrets(JsonNode attributes, Consumer<String> user) {
    secrets(attributes, false, user);
  }

  private static void secrets(JsonNode node, boolean below, Consumer<String> user) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  secrets(field.getValue(), below || NAME.matcher(field.getKey()).find(), user));
    } else if (node.isArray()) {
      node.forEach(item -> secrets(item, below, user));
    } else if (node.isNumber() && below) {
      user.accept(node.asText());
    } else if (node.isTextual() && !node.textValue().equals(REDACTED)) {
      Matcher password = PASSWORD.matcher(node.textValue());
      while (password.find()) {
        user.accept(password.group(1));
      }
      if (below || VALUE.matcher(node.textValue()).find()) {
        user.accept(node.textValue());
      }
    }
  }

  /** A copy; whatever stands below a secret's name is replaced as a whole. */
  public static JsonNode of(JsonNode attributes) {
    if (attributes.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      attributes
          .properties()
          .forEach(
              field ->
                  copy.set(
                      field.getKey(),
                      NAME.matcher(field.getKey()).find() && !field.getValue().isBoolean()
                          ? JsonNodeFactory.instance.textNode(REDACTED)
                          : of(field.getValue())));
      return copy;
    }
    if (attributes.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      attributes.forEach(item -> copy.add(of(item)));
      return copy;
    }
    return attributes.isTextual() && VALUE.matcher(attributes.textValue()).find()
        ? JsonNodeFactory.instance.textNode(REDACTED)
        : attributes;
  }
}
