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
 * stand there all the same, by their own name or by their look, are left out.
 */
public final class RedactedAttributes {
  static final String REDACTED = SecretMask.MASKED;

  /**
   * A name that ends in a word for a secret. What such a word only begins, as in {@code
   * secret_store}, or what lies below it, as a user's name below {@code credentials}, is none.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(^pass|[^a-z]pass|pass(word|wd|phrase|code)|secret|token|credential"
              + "|(private|api|access|encryption|secret|signing)[-_]?key)s?"
              + "([-_]?(hash|base|value|[0-9]+))?$");

  private static final String PASSWORD_IN_ADDRESS = "://[^/\\s:@]+:([^/\\s@]+)@";

  private static final Pattern VALUE =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY|\\b(AKIA|ASIA)[A-Z0-9]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}"
              + "|"
              + PASSWORD_IN_ADDRESS);

  private static final Pattern PASSWORD = Pattern.compile(PASSWORD_IN_ADDRESS);

  private RedactedAttributes() {}

  /** Gives the texts that {@link #of} leaves out, one by one. */
  public static void secrets(JsonNode attributes, Consumer<String> user) {
    secrets(attributes, false, user);
  }

  private static void secrets(JsonNode node, boolean named, Consumer<String> user) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> secrets(field.getValue(), NAME.matcher(field.getKey()).find(), user));
    } else if (node.isArray()) {
      node.forEach(item -> secrets(item, named, user));
    } else if (isSecret(node, named) && !node.asText().equals(REDACTED)) {
      Matcher password = PASSWORD.matcher(node.asText());
      while (password.find()) {
        user.accept(password.group(1));
      }
      user.accept(node.asText());
    }
  }

  /** A copy in which {@value #REDACTED} stands for each secret. */
  public static JsonNode of(JsonNode attributes) {
    return of(attributes, false);
  }

  private static JsonNode of(JsonNode node, boolean named) {
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(
              field ->
                  copy.set(
                      field.getKey(), of(field.getValue(), NAME.matcher(field.getKey()).find())));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> copy.add(of(item, named)));
      return copy;
    }
    return isSecret(node, named) ? JsonNodeFactory.instance.textNode(REDACTED) : node;
  }

  private static boolean isSecret(JsonNode leaf, boolean named) {
    return named
        ? leaf.isTextual() || leaf.isNumber()
        : leaf.isTextual() && VALUE.matcher(leaf.textValue()).find();
  }
}
