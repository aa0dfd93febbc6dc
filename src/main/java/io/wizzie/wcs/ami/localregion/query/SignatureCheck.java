package io.wizzie.wcs.ami.localregion.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wizzie.wcs.ami.base.Sha256;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signature of a request, as only who knows the region's secret may start guests.
 *
 * <p>The SDK's own signer can't be asked for the signature that a request should have: it signs a
 * hash of the body as a header of its own, which the clients of other languages don't send.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">How
 *     a request is signed</a>
 * @param clock the one that the header Date of the answers goes by, as clients correct theirs
 */
public record SignatureCheck(AccessKey key, Clock clock) {
  /** EC2 takes what is no more than 15 minutes old, or early. */
  private static final Duration SKEW = Duration.ofMinutes(15);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** A request as it came over the wire; headers are found by their name in lower case. */
  record Signed(
      String method, URI uri, Function<String, @Nullable List<String>> headers, String bodyHash) {
    @Nullable String header(String name) {
      List<String> values = headers.apply(name);
      return values == null
          ? null
          : values.stream()
              .map(value -> value.strip().replaceAll(" +", " "))
              .collect(Collectors.joining(","));
    }
  }

  /**
   * @return the region that the request is for
   * @throws Refusal unless it is signed with the key, lately
   */
  String region(Signed request) {
    Authorization given = Authorization.parse(request.header("authorization"));
    if (!same(given.accessKeyId(), key.id()) || request.header("x-amz-security-token") != null) {
      throw Authorization.notValidated();
    }
    String time = time(given, request);
    String due = HexFormat.of().formatHex(hmac(signingKey(given), toSign(given, time, request)));
    if (!same(given.signature(), due)) {
      throw mismatch(
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");
    }
    return given.region();
  }

  private String time(Authorization given, Signed request) {
    for (String name : List.of("host", "x-amz-date")) {
      if (!given.signedHeaders().contains(name)) {
        throw mismatch("'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
      }
    }
    String time = String.valueOf(request.header("x-amz-date"));
    Instant signed;
    try {
      signed = TIME.parse(time, Instant::from);
    } catch (DateTimeException e) {
      throw Refusal.of(
          "IncompleteSignature", "Date must be in ISO-8601 'basic format'. Got '" + time + "'.");
    }
    if (!time.startsWith(given.date())) {
      throw mismatch(
          ("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                  + " HTTP: '%s' != '%s'.")
              .formatted(given.date(), time.substring(0, 8)));
    }
    if (Duration.between(signed, clock.instant()).abs().compareTo(SKEW) > 0) {
      throw Refusal.of("RequestExpired", "Request has expired.");
    }
    return time;
  }

  private static String toSign(Authorization given, String time, Signed request) {
    String headers =
        given.signedHeaders().stream()
            .map(name -> name + ":" + request.header(name) + "\n")
            .collect(Collectors.joining());
    String canonical =
        String.join(
            "\n",
            request.method(),
            Form.encode(request.uri().getRawPath()).replace("%2F", "/"),
            query(request.uri()),
            headers,
            String.join(";", given.signedHeaders()),
            request.bodyHash());
    return String.join(
        "\n", "AWS4-HMAC-SHA256", time, given.scope(), Sha256.of(canonical.getBytes(UTF_8)));
  }

  private static String query(URI uri) {
    return Form.decode(uri).entrySet().stream()
        .map(one -> Map.entry(Form.encode(one.getKey()), Form.encode(one.getValue())))
        .sorted(Map.Entry.comparingByKey())
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining("&"));
  }

  private byte[] signingKey(Authorization given) {
    byte[] derived = ("AWS4" + key.secret().revealUtf8()).getBytes(UTF_8);
    for (String part : given.scope().split("/", -1)) {
      derived = hmac(derived, part);
    }
    return derived;
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  /** In the same time whatever they are, or somebody could find the signature by trying. */
  private static boolean same(String given, String due) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), due.getBytes(UTF_8));
  }

  private static Refusal mismatch(String message) {
    return new Refusal(403, "SignatureDoesNotMatch", message);
  }
}
