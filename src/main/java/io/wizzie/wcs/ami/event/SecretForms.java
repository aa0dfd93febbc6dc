package io.wizzie.wcs.ami.event;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The forms in which programs print a secret. */
final class SecretForms {
  private SecretForms() {}

  /** All that are worth looking for; some may be too short for that. */
  static Set<String> of(String secret) {
    String text = secret.strip();
    Set<String> forms = new LinkedHashSet<>();
    plain(text, forms);
    encoded(secret.getBytes(StandardCharsets.UTF_8), forms);
    encoded(text.getBytes(StandardCharsets.UTF_8), forms);
    return forms;
  }

  private static void plain(String text, Set<String> forms) {
    if (text.indexOf('\n') < 0) {
      forms.add(text);
      forms.add(text.replace("\\", "\\\\").replace("\"", "\\\""));
      forms.add(text.replace("'", "'\\''"));
      String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
      forms.add(url);
      forms.add(url.replace("+", "%20"));
      return;
    }
    // Line by line, and as programs write it that escape line ends or drop them. The first and last
    // line of PEM are no secret.
    forms.addAll(text.lines().map(String::strip).filter(line -> !isFrame(line)).toList());
    for (String end : new String[] {"", "\\n", " "}) {
      forms.add(
          text.lines()
              .map(String::strip)
              .filter(line -> !isFrame(line))
              .collect(Collectors.joining(end)));
    }
  }

  private static boolean isFrame(String line) {
    return line.startsWith("-----BEGIN ") || line.startsWith("-----END ");
  }

  private static void encoded(byte[] secret, Set<String> forms) {
    // Within something longer it begins at any of three places of base64's groups.
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + secret.length];
      System.arraycopy(secret, 0, shifted, offset, secret.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The first and last characters also hold bits of what is around it.
      int from = offset == 0 ? 0 : offset + 1;
      int to = shifted.length * 8 / 6;
      if (to > from) {
        String own = base64.substring(from, to);
        forms.add(own);
        forms.add(own.replace('+', '-').replace('/', '_'));
      }
    }
    String hex = HexFormat.of().formatHex(secret);
    forms.add(hex);
    forms.add(HexFormat.of().withUpperCase().formatHex(secret));
  }
}
