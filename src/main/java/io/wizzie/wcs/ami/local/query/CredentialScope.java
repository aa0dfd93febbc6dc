package io.wizzie.wcs.ami.local.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the region out of a request's Signature Version 4 header.
 *
 * <p>Only the header counts, not the {@code X-Amz-Credential} query parameter: a web page can make
 * a browser send any URL to loopback, but no header of this name without asking first.
 */
final class CredentialScope {
  private static final Pattern SCOPE =
      Pattern.compile(
          "AWS4-HMAC-SHA256\\s+(?:.*,\\s*)?Credential=([^/,\\s]+)/(\\d{8})/([^/,\\s]+)/([^/,\\s]+)/aws4_request.*");

  /** Also a file name: state files are called after their region. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private CredentialScope() {}

  static String region(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw new Refusal(
          403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    Matcher scope = SCOPE.matcher(authorization);
    if (!scope.matches()) {
      throw invalid();
    }
    if (!scope.group(4).equals("ec2")) {
      throw new Refusal(
          401,
          "AuthFailure",
          "Credential should be scoped to correct service: 'ec2', not '" + scope.group(4) + "'.");
    }
    String region = scope.group(3);
    if (!REGION.matcher(region).matches()) {
      throw invalid();
    }
    return region;
  }

  private static Refusal invalid() {
    return new Refusal(
        401, "AuthFailure", "AWS was not able to validate the provided access credentials");
  }
}
