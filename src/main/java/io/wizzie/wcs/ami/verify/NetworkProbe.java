package io.wizzie.wcs.ami.verify;

import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.verify.SmokeResult.Outside;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Connects as any client would. */
final class NetworkProbe implements ExternalProbe {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 15_000;
  private static final int MOST_READ = 1024 * 1024;

  @Override
  public Visit visit(String host, SmokeCheck check) {
    if (check instanceof SmokeCheck.Tcp tcp) {
      Visit failure = connect(host, tcp.port());
      return failure == null ? new Visit(Outside.PASSED, "accepts connections") : failure;
    }
    if (check instanceof SmokeCheck.Http http) {
      Visit failure = connect(host, http.port());
      return failure == null ? page(host, http) : failure;
    }
    return new Visit(Outside.NOT_ASKED, "");
  }

  /**
   * Null when it works. A refusal comes from the instance itself, which SSH has shown to be
   * reachable: a service that listens on loopback alone is no use to a buyer. Silence may be any
   * firewall's.
   */
  private static @Nullable Visit connect(String host, int port) {
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return null;
    } catch (SocketTimeoutException | NoRouteToHostException silent) {
      return new Visit(Outside.NOT_REACHABLE, "not reachable: " + silent.getMessage());
    } catch (ConnectException failed) {
      String message = String.valueOf(failed.getMessage());
      boolean refused = message.toLowerCase(Locale.ROOT).contains("refused");
      return refused
          ? new Visit(Outside.FAILED, "refuses connections")
          : new Visit(Outside.NOT_REACHABLE, "not reachable: " + message);
    } catch (IOException failed) {
      return new Visit(Outside.NOT_REACHABLE, "not reachable: " + failed.getMessage());
    }
  }

  private static Visit page(String host, SmokeCheck.Http check) {
    String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + check.port();
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://" + authority + check.path())
                  .toURL()
                  .openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        return judge(check, connection.getResponseCode(), body(connection));
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException failed) {
      return new Visit(Outside.FAILED, "gives no page: " + failed.getMessage());
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    InputStream body = connection.getErrorStream();
    try (InputStream in = body == null ? connection.getInputStream() : body) {
      return new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8);
    }
  }

  private static Visit judge(SmokeCheck.Http check, int status, String body) {
    boolean good =
        check.status() == null ? status >= 200 && status < 400 : status == check.status();
    if (!good) {
      return new Visit(Outside.FAILED, "answers with status " + status);
    }
    if (check.text() != null && !body.contains(check.text())) {
      return new Visit(Outside.FAILED, "serves a page without \"" + check.text() + '"');
    }
    return new Visit(Outside.PASSED, "status " + status);
  }
}
