package io.wizzie.wcs.ami.localregion.query;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decodes {@code application/x-www-form-urlencoded} text. */
final class Form {
  /** Far above what a sensible request has: 1000 IDs, or 200 filter values. */
  private static final int MOST_PARAMETERS = 5000;

  /** The deepest names of EC2 have some eighty characters. */
  private static final int LONGEST_NAME = 300;

  private Form() {}

  /** The parameters of a URL's query. */
  static SortedMap<String, String> decode(URI uri) {
    return decode(uri.getRawQuery() == null ? "" : uri.getRawQuery());
  }

  /** As RFC 3986 has it, and so Signature Version 4. */
  static String encode(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** Names with their values; a name given twice is refused, as nobody could say which counts. */
  static SortedMap<String, String> decode(String text) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decodeWord(equals < 0 ? pair : pair.substring(0, equals));
      if (name.length() > LONGEST_NAME || parameters.size() == MOST_PARAMETERS) {
        throw Refusal.of(
            "MalformedQueryString",
            "A request has at most %s parameters, with names of at most %s characters"
                .formatted(MOST_PARAMETERS, LONGEST_NAME));
      }
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
