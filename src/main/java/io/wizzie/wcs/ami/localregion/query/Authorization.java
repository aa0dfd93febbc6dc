package io.wizzie.wcs.ami.localregion.query;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's Signature Version 4 header.
 *
 * <p>Only the header counts, not the {@code X-Amz-Credential} query parameter: a web page can make
 * a browser send any URL to loopback, but no header of this name without asking first.
 *
 * @param date of the credential scope, such as {@code 20260102}
 * @param region of the credential scope
 * @param signedHeaders in lower case, in the order in which they were signed
 */
record Authorization(
    String accessKeyId, String date, String region, List<String> signedHeaders, String signature) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256 ";
  private static final Pattern DATE = Pattern.compile("\\d{8}");

  /** Also a file name: state files are called after their region. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  static Authorization parse(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw new Refusal(
          403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    if (!header.startsWith(ALGORITHM)) {
      throw notValidated();
    }
    Map<String, String> parts = new TreeMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
      String[] sides = part.strip().split("=", 2);
      if (sides.length != 2 || parts.put(sides[0], sides[1]) != null) {
        throw notValidated();
      }
    }
    String[] credential = parts.getOrDefault("Credential", "").split("/", -1);
    if (credential.length != 5
        || !DATE.matcher(credential[1]).matches()
        || !REGION.matcher(credential[2]).matches()
        || !credential[4].equals("aws4_request")) {
      throw notValidated();
    }
    if (!credential[3].equals("ec2")) {
      throw new Refusal(
          401,
          "AuthFailure",
          "Credential should be scoped to correct service: 'ec2', not '" + credential[3] + "'.");
    }
    return new Authorization(
        credential[0],
        credential[1],
        credential[2],
        Arrays.asList(parts.getOrDefault("SignedHeaders", "").split(";", -1)),
        parts.getOrDefault("Signature", ""));
  }

  String scope() {
    return date + "/" + region + "/ec2/aws4_request";
  }

  /** EC2 says no more than this of a key that it doesn't know. */
  static Refusal notValidated() {
    return new Refusal(
        401, "AuthFailure", "AWS was not able to validate the provided access credentials");
  }
}
