package io.wizzie.wcs.ami.localregion;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Makes requests that the SDK's own client would never send, and signs them as that does. */
public record Signer(AccessKey key, String region, Clock clock) {
  /** The HTTP client sets them by itself. */
  private static final Set<String> CLIENTS_OWN = Set.of("host", "content-length");

  public Signer(AccessKey key, String region) {
    this(key, region, Clock.systemUTC());
  }

  public Signer withSecret(String secret) {
    return new Signer(new AccessKey(key.id(), Secret.ofUtf8(secret)), region, clock);
  }

  public HttpRequest.Builder post(URI endpoint, String form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/")).POST(BodyPublishers.ofString(form));
    headers(SdkHttpMethod.POST, endpoint.resolve("/"), form).forEach(request::header);
    return request;
  }

  public HttpRequest.Builder get(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers(SdkHttpMethod.GET, uri, "").forEach(request::header);
    return request;
  }

  /** The headers of a signed request, but for those that an HTTP client sets. */
  public Map<String, String> headers(SdkHttpMethod method, URI uri, String body) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder()
            .method(method)
            .uri(uri)
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .build();
    SignRequest<AwsCredentialsIdentity> toSign =
        SignRequest.builder(AwsCredentialsIdentity.create(key.id(), key.secret().revealUtf8()))
            .request(request)
            .payload(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ec2")
            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
            .putProperty(HttpSigner.SIGNING_CLOCK, clock)
            .build();
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header :
        AwsV4HttpSigner.create().sign(toSign).request().headers().entrySet()) {
      if (!CLIENTS_OWN.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.put(header.getKey(), String.join(",", header.getValue()));
      }
    }
    return headers;
  }
}
