package io.wizzie.wcs.ami.local.query;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decodes {@code application/x-www-form-urlencoded} text. */
final class Form {
  private Form() {}

  /** Names with their values; a name given twice is refused, as nobody could say which counts. */
  static SortedMap<String, String> decode(String text) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decodeWord(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decodeWord(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw Refusal.of(
            "InvalidParameterCombination", "The parameter " + name + " is given more than once");
      }
    }
    return parameters;
  }

  private static String decodeWord(String word) {
    try {
      return URLDecoder.decode(word, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.of("MalformedQueryString", "The query string contains a syntax error");
    }
  }
}
