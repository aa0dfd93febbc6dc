package io.wizzie.wcs.ami.moto;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An HTTP server before another one's. It notes what was called, and shows each request to somebody
 * before it is passed on, and each answer before the caller gets it.
 */
final class PassThrough implements AutoCloseable {
  private static final List<String> OWN_HEADERS =
      List.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");

  /** As EC2 writes an error, so that the caller tells the reason. */
  private static final String REFUSAL =
      "<Response><Errors><Error><Code>NotPassedOn</Code><Message>%s</Message></Error></Errors>"
          + "<RequestID>none</RequestID></Response>";

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final URI target;
  private final Observer observer;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * One call, answered.
   *
   * @param parameters as the Query protocol has them
   * @param answer the body
   */
  record Call(String action, Map<String, String> parameters, int status, String answer) {
    boolean succeeded() {
      return status == 200;
    }
  }

  /** Stands between the caller and the server; a failure is the caller's. */
  interface Observer {
    /** What is passed on of a request's parameters. */
    Map<String, String> passedOn(String action, Map<String, String> parameters);

    /** Sees a call when it was answered and before its caller knows. */
    void answered(Call call) throws IOException, InterruptedException;
  }

  PassThrough(URI target, Observer observer) throws IOException {
    this.target = target;
    this.observer = observer;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        Map<String, String> parameters = parameters(body);
        String action = parameters.getOrDefault("Action", "?");
        HttpResponse<byte[]> response =
            forward(exchange, form(observer.passedOn(action, parameters)));
        Call call =
            new Call(
                action,
                parameters,
                response.statusCode(),
                new String(response.body(), StandardCharsets.UTF_8));
        calls.add(call);
        observer.answered(call);
        response.headers().map().entrySet().stream()
            .filter(header -> !OWN_HEADERS.contains(header.getKey()))
            .forEach(
                header -> exchange.getResponseHeaders().put(header.getKey(), header.getValue()));
        exchange.sendResponseHeaders(response.statusCode(), response.body().length);
        exchange.getResponseBody().write(response.body());
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException | AssertionError broken) {
        broken.printStackTrace();
        byte[] text =
            REFUSAL.formatted(escaped(String.valueOf(broken))).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(418, text.length);
        exchange.getResponseBody().write(text);
      }
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange.getRequestHeaders().entrySet().stream()
        .filter(header -> !OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .flatMap(
            header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
        .forEach(header -> request.header(header.getKey(), header.getValue()));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Map<String, String> parameters(byte[] form) {
    Stream<String> pairs =
        Arrays.stream(new String(form, StandardCharsets.UTF_8).split("&"))
            .filter(pair -> pair.contains("="));
    return pairs.collect(
        Collectors.toMap(
            pair -> decoded(pair.substring(0, pair.indexOf('='))),
            pair -> decoded(pair.substring(pair.indexOf('=') + 1)),
            (first, again) -> again,
            LinkedHashMap::new));
  }

  private static byte[] form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
