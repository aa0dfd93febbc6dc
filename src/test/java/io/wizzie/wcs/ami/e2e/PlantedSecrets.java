package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Secrets that must be found nowhere: neither as they are nor encoded, nor a part of them. */
final class PlantedSecrets {
  /** From so many characters on the rest of a secret could be guessed. */
  private static final int PART = 12;

  private final Map<String, String> parts = new HashMap<>();

  /**
   * Looks for one from now on.
   *
   * @param name what it is, for messages
   */
  PlantedSecrets add(String name, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    secret
        .lines()
        .filter(line -> !line.startsWith("-----"))
        .forEach(
            line -> {
              addParts(name, line);
              addParts(name, JsonNodeFactory.instance.textNode(line).toString());
              addParts(name, URLEncoder.encode(line, StandardCharsets.UTF_8));
            });
    // Without the first line of PEM, which is no secret in base64 either.
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    addParts(
        name, secret.startsWith("-----") ? base64.substring(60, base64.length() - 60) : base64);
    addParts(name, HexFormat.of().formatHex(bytes));
    return this;
  }

  private void addParts(String name, String form) {
    for (int at = 0; at + PART <= form.length(); at++) {
      parts.put(form.substring(at, at + PART), name);
    }
  }

  /** Fails when a text holds any part of any of them. */
  void requireNoneIn(String where, String text) {
    for (int at = 0; at + PART <= text.length(); at++) {
      String name = parts.get(text.substring(at, at + PART));
      if (name != null) {
        int from = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        assertThat(name)
            .as("in %s: %s", where, text.substring(from, end < 0 ? text.length() : end))
            .isNull();
      }
    }
  }
}
