package io.wizzie.wcs.ami.localregion.query;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Sha256;
import io.wizzie.wcs.ami.base.Uninterrupted;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves the Query protocol on loopback, one answer per request. */
public final class QueryServer implements AutoCloseable {
  /** Far above the largest sensible request: 16 KiB of user data, encoded twice. */
  private static final int MAX_REQUEST_BYTES = 1 << 20;

  private static final int THREADS = 64;

  /** Of a request that is too large; one that goes on after that gets no answer. */
  private static final long MAX_DISCARDED_BYTES = 64L << 20;

  /** From its first byte to its last; it comes from this machine. After that it is cut off. */
  private static final String SLOWEST_REQUEST_SECONDS = "30";

  /** Of a connection that is kept for more requests; all clients open another when it is closed. */
  private static final String IDLE_SECONDS = "60";

  private static final String VERSION = "2016-11-15";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final HttpServer server;
  private final ExecutorService threads = threads();
  private final SignatureCheck signatures;
  private final Function<QueryRequest, String> answers;
  private final CountDownLatch closing = new CountDownLatch(1);

  private QueryServer(
      HttpServer server, SignatureCheck signatures, Function<QueryRequest, String> answers) {
    this.server = server;
    this.signatures = signatures;
    this.answers = answers;
  }

  /**
   * Starts to serve.
   *
   * @param port on 127.0.0.1; 0 for any free one
   * @param signatures says who may ask
   * @param answers gives the XML for a request, or throws a {@link Refusal}, a {@link LateAnswer}
   *     or a {@link BrokenConnection}
   */
  public static QueryServer start(
      int port, SignatureCheck signatures, Function<QueryRequest, String> answers) {
    // Else every answer waits some 40 ms for the client's delayed acknowledgement.
    set("nodelay", "true");
    set("maxReqTime", SLOWEST_REQUEST_SECONDS);
    set("idleInterval", IDLE_SECONDS);
    try {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 64);
      QueryServer queryServer = new QueryServer(server, signatures, answers);
      server.setExecutor(queryServer.threads);
      server.createContext("/", queryServer::handle);
      server.start();
      return queryServer;
    } catch (IOException e) {
      throw BuildException.Category.HOST.failure(
          "The local region's endpoint can't listen on 127.0.0.1:%s: %s. Choose another port."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  /** The JDK's server reads these properties once, when it is first used. */
  private static void set(String property, String value) {
    String name = "sun.net.httpserver." + property;
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /** A request that comes slowly holds one, as does one that a scenario keeps waiting. */
  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "local-region-endpoint");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    closing.countDown();
    // Java 21's stop sets an interrupt aside for good.
    Uninterrupted.run("local-region-stop", () -> server.stop(0));
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    // Closed whatever happens, or the client would wait for its timeout.
    try (exchange) {
      String requestId = UUID.randomUUID().toString();
      int status = 200;
      String xml;
      try {
        xml = inTime(read(exchange, requestId));
      } catch (BrokenConnection broken) {
        hold(broken.silence());
        return;
      } catch (Refusal refusal) {
        status = refusal.status();
        xml = ResponseWriter.error(requestId, refusal.code(), refusal.getMessage());
      } catch (RuntimeException e) {
        // The client is all there is to tell it to: the answer carries what is known.
        status = 500;
        String message = e instanceof BuildException ? e.getMessage() : e.toString();
        xml = ResponseWriter.error(requestId, "InternalError", String.valueOf(message));
      }
      byte[] body = xml.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
      exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** An answer, when its time has come. */
  private String inTime(QueryRequest request) {
    try {
      return answers.apply(request);
    } catch (LateAnswer late) {
      hold(late.after());
      return late.xml();
    }
  }

  /** Keeps a client waiting, but not one that closes this server. */
  private void hold(Duration silence) {
    try {
      boolean ignored = closing.await(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nothing else is to be done on this thread than to end the exchange.
      Thread.currentThread().interrupt();
    }
  }

  private QueryRequest read(HttpExchange exchange, String requestId) throws IOException {
    checkHost(exchange.getRequestHeaders().getFirst("Host"));
    byte[] body = body(exchange.getRequestBody());
    Headers headers = exchange.getRequestHeaders();
    String region =
        signatures.region(
            new SignatureCheck.Signed(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers::get,
                Sha256.of(body)));
    SortedMap<String, String> parameters =
        switch (exchange.getRequestMethod()) {
          case "POST" -> Form.decode(new String(body, StandardCharsets.UTF_8));
          case "GET" -> Form.decode(exchange.getRequestURI());
          default ->
              throw new Refusal(
                  405, "MethodNotAllowed", "The Query protocol has only GET and POST requests");
        };
    String action = parameters.remove("Action");
    if (action == null || action.isEmpty()) {
      throw new Refusal(400, "MissingAction", "The request must contain the parameter Action");
    }
    String version = parameters.remove("Version");
    if (!VERSION.equals(version)) {
      throw Refusal.of(
          "NoSuchVersion",
          "The requested version (" + version + ") of service AmazonEC2 does not exist");
    }
    return new QueryRequest(requestId, action, region, parameters);
  }

  /** A web page whose name was made to resolve to loopback would come with that name. */
  private static void checkHost(@Nullable String host) {
    if (host == null || !LOOPBACK.contains(host.replaceFirst(":\\d+$", ""))) {
      throw new Refusal(
          403, "AuthFailure", "The local region answers only to the host 127.0.0.1 or localhost");
    }
  }

  private static byte[] body(InputStream stream) throws IOException {
    byte[] body = stream.readNBytes(MAX_REQUEST_BYTES + 1);
    if (body.length > MAX_REQUEST_BYTES) {
      // A connection that is closed with something unread is reset, and the answer is lost with it.
      discard(stream);
      throw new Refusal(
          413,
          "RequestEntityTooLarge",
          "The request is larger than " + MAX_REQUEST_BYTES + " bytes");
    }
    return body;
  }

  private static void discard(InputStream stream) throws IOException {
    byte[] some = new byte[1 << 16];
    int read = 0;
    for (long left = MAX_DISCARDED_BYTES; left > 0 && read >= 0; left -= read) {
      read = stream.read(some);
    }
  }
}
