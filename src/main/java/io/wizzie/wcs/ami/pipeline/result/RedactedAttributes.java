package io.wizzie.wcs.ami.pipeline.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.event.SecretMask;
import java.util.List;
import java.util.Map;
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
   * secret_store}, is none.
   */
  private static final String ENDS_IN =
      "(?i)(^pass|[^a-z]pass|pass(word|wd|phrase|code)|secret|token%s"
          + "|(private|api|access|encryption|secret|signing)[-_]?key)s?"
          + "([-_]?(hash|base|value|[0-9]+))?$";

  private static final Pattern NAME = Pattern.compile(ENDS_IN.formatted("|credential"));

  /** One below which lie secrets by names of their own; below {@code credentials} are users too. */
  private static final Pattern GROUP = Pattern.compile(ENDS_IN.formatted(""));

  private static final String PASSWORD_IN_ADDRESS = "://[^/\\s:@]+:([^/\\s@]+)@";

  private static final Pattern VALUE =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY|\\b(AKIA|ASIA)[A-Z0-9]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}"
              + "|"
              + PASSWORD_IN_ADDRESS);

  private static final Pattern PASSWORD = Pattern.compile(PASSWORD_IN_ADDRESS);

  private RedactedAttributes() {}

  /**
   * Gives the texts that {@link #of} leaves out and that are to be looked for elsewhere, one by
   * one. What only lies below a name for secrets is if it can't be taken for what stands in any
   * document.
   */
  public static void secrets(JsonNode attributes, Consumer<String> user) {
    var unused = of(attributes, false, false, user);
  }

  /** A copy in which {@value #REDACTED} stands for each secret. */
  public static JsonNode of(JsonNode attributes) {
    return of(attributes, false, false, secret -> {});
  }

  /** The same of a part of the attributes, to which these names lead. */
  public static JsonNode of(JsonNode part, List<String> names) {
    boolean below = names.stream().anyMatch(name -> is(GROUP, name));
    return of(part, is(NAME, names.get(names.size() - 1)), below, secret -> {});
  }

  private static JsonNode of(JsonNode node, boolean named, boolean below, Consumer<String> user) {
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = field.getKey();
        copy.set(name, of(field.getValue(), is(NAME, name), below || is(GROUP, name), user));
      }
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> copy.add(of(item, named, below, user)));
      return copy;
    }
    String text = node.asText();
    if (!isSecret(node, named || below) || text.equals(REDACTED)) {
      return node;
    }
    if (isSecret(node, named) || SecretMask.isUnmistakable(text)) {
      Matcher password = PASSWORD.matcher(text);
      while (password.find()) {
        user.accept(password.group(1));
      }
      user.accept(text);
    }
    return JsonNodeFactory.instance.textNode(REDACTED);
  }

  private static boolean is(Pattern pattern, String name) {
    return pattern.matcher(name).find();
  }

  private static boolean isSecret(JsonNode leaf, boolean named) {
    return named
        ? leaf.isTextual() || leaf.isNumber()
        : leaf.isTextual() && VALUE.matcher(leaf.textValue()).find();
  }
}
