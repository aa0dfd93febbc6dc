package io.wizzie.wcs.ami.ec2.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.ProxyConfigProvider;

/**
 * The proxy that the environment ({@code HTTPS_PROXY}, {@code NO_PROXY}) or the JVM's properties
 * name, as the SDK reads them. Loopback is never behind one: a proxy elsewhere has another
 * loopback.
 */
final class EnvironmentProxy extends ProxySelector {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127\\.[0-9.]+|\\[?(0*:)*0*1\\]?");

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(
        proxyOf(uri)
            .map(
                proxy ->
                    new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // There is no other to try.
  }

  /** Whether a call to this endpoint goes through a proxy. */
  static boolean covers(URI endpoint) {
    return proxyOf(endpoint).isPresent();
  }

  /** What the proxy wants to hear before it lets a request through, if a user name is given. */
  Optional<String> authorization(URI uri) {
    return proxyOf(uri)
        .flatMap(
            proxy ->
                proxy
                    .userName()
                    .map(user -> user + ":" + proxy.password().orElse(""))
                    .map(pair -> pair.getBytes(StandardCharsets.UTF_8))
                    .map(bytes -> "Basic " + Base64.getEncoder().encodeToString(bytes)));
  }

  private static Optional<ProxyConfigProvider> proxyOf(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (LOOPBACK.matcher(host).matches()) {
      return Optional.empty();
    }
    @Nullable ProxyConfigProvider proxy =
        ProxyConfigProvider.fromSystemEnvironmentSettings(true, true, uri.getScheme());
    return Optional.ofNullable(proxy)
        .filter(found -> found.host() != null && !found.host().isEmpty())
        .filter(
            found ->
                found.nonProxyHosts() == null
                    || found.nonProxyHosts().stream().noneMatch(host::matches));
  }
}
