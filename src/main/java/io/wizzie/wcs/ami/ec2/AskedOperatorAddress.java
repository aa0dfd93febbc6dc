package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.InterruptibleCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the operator's address by asking AWS, or the kernel's routing table. */
public record AskedOperatorAddress(@Nullable URI endpoint, URI checkIp) implements OperatorAddress {
  private static final URI CHECK_IP = URI.create("https://checkip.amazonaws.com/");
  private static final int TIMEOUT_MILLIS = 10_000;
  // Only literals may reach InetAddress.getByName, or it would look a name up.
  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:]*:[0-9a-fA-F:]+");
  private static final int ANY_PORT = 443;

  /**
   * Asks {@code https://checkip.amazonaws.com}, AWS's own service for it. With an endpoint in a
   * private network that would be the wrong answer, so there it is the address that reaches the
   * endpoint; on loopback nobody knows, as what lies behind such an endpoint is unknown.
   */
  public AskedOperatorAddress(@Nullable URI endpoint) {
    this(endpoint, CHECK_IP);
  }

  @Override
  public InetAddress onTheInternet() {
    if (endpoint != null && endpoint.getHost() != null) {
      InetAddress host =
          InterruptibleCall.run("looking up " + endpoint, () -> lookUp(endpoint.getHost()));
      if (host.isLoopbackAddress()) {
        throw unknown("the endpoint " + endpoint + " is on this machine", null);
      }
      if (host.isSiteLocalAddress() || host.isLinkLocalAddress()) {
        return towards(host);
      }
    }
    return InterruptibleCall.run("asking " + checkIp, this::ask);
  }

  @Override
  public InetAddress towards(InetAddress target) {
    // Connecting a datagram socket sends nothing; it only makes the kernel choose a route.
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(target, ANY_PORT));
      InetAddress local = socket.getLocalAddress();
      if (local.isAnyLocalAddress()) {
        throw unknown("there is no route to " + target.getHostAddress(), null);
      }
      return local;
    } catch (IOException | UncheckedIOException noRoute) {
      throw unknown("there is no route to " + target.getHostAddress(), noRoute);
    }
  }

  private InetAddress ask() {
    try {
      HttpURLConnection http = (HttpURLConnection) checkIp.toURL().openConnection();
      http.setConnectTimeout(TIMEOUT_MILLIS);
      http.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream body = http.getInputStream()) {
        String answer = new String(body.readNBytes(100), StandardCharsets.US_ASCII).strip();
        if (!LITERAL.matcher(answer).matches()) {
          throw unknown(checkIp + " did not answer with an address", null);
        }
        return InetAddress.getByName(answer);
      } finally {
        http.disconnect();
      }
    } catch (IOException failed) {
      throw unknown(checkIp + " can't be asked (" + failed + ")", failed);
    }
  }

  private static InetAddress lookUp(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (IOException failed) {
      throw unknown("the endpoint's host " + host + " has no address", failed);
    }
  }

  private static BuildException unknown(String why, @Nullable Throwable cause) {
    return Category.CONFIGURATION.failure(
        "The address this machine connects from can't be found out: "
            + why
            + ". Set builder.sourceCidrs to the addresses that may connect to the builder, such as"
            + " [\"203.0.113.7/32\"].",
        cause);
  }
}
