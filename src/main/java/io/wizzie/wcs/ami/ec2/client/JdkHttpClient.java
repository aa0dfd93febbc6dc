package io.wizzie.wcs.ami.ec2.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The SDK's calls go through the JDK's own HTTP client: it hands out the body of every answer, an
 * interrupt ends a call at once in any phase of it, and it adds nothing to the jar.
 */
final class JdkHttpClient implements SdkHttpClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  // The JDK sets these itself, to the same values, and refuses to be told.
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  static {
    // A NAT gateway drops an idle connection without a word; the JDK's default is 20 minutes.
    setUnlessGiven("jdk.httpclient.keepalive.timeout", "20");
    // Otherwise the JDK does not send the password that HTTPS_PROXY names.
    setUnlessGiven("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  private final EnvironmentProxy proxy = new EnvironmentProxy();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .proxy(proxy)
          .build();

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  @Override
  public String clientName() {
    return "Jdk";
  }

  @Override
  public void close() {
    // Idle connections close themselves after the keep-alive timeout.
  }

  private HttpRequest request(HttpExecuteRequest execute) throws IOException {
    SdkHttpRequest given = execute.httpRequest();
    HttpRequest.Builder request = HttpRequest.newBuilder(given.getUri()).timeout(ANSWER_TIMEOUT);
    given.forEachHeader(
        (name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    proxy
        .authorization(given.getUri())
        .ifPresent(value -> request.header("Proxy-Authorization", value));
    byte[] body = new byte[0];
    if (execute.contentStreamProvider().isPresent()) {
      try (InputStream in = execute.contentStreamProvider().get().newStream()) {
        body = in.readAllBytes();
      }
    }
    return request
        .method(
            given.method().name(),
            body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
        .build();
  }

  /** One request on its way, that another thread may abort. */
  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest execute;
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();

    Call(HttpExecuteRequest execute) {
      this.execute = execute;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      HttpRequest request = request(execute);
      CompletableFuture<HttpResponse<byte[]>> sent =
          http.sendAsync(request, BodyHandlers.ofByteArray());
      CompletableFuture<Void> unused = aborted.thenRun(() -> sent.cancel(true));
      try {
        HttpResponse<byte[]> answer = sent.get();
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(answer.statusCode())
                    .headers(answer.headers().map())
                    .build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
            .build();
      } catch (InterruptedException interrupted) {
        sent.cancel(true);
        Thread.currentThread().interrupt();
        throw (IOException)
            new InterruptedIOException("The call was interrupted").initCause(interrupted);
      } catch (CancellationException cancelled) {
        throw new IOException("The call was aborted", cancelled);
      } catch (ExecutionException failed) {
        throw plain(failed.getCause(), request.uri().getHost());
      }
    }

    @Override
    public void abort() {
      aborted.complete(null);
    }
  }

  /**
   * The exceptions of a plain socket, with their words: this client has none for these. Without a
   * cause, as the deepest cause is what a caller tells.
   */
  private static IOException plain(@Nullable Throwable failure, @Nullable String host) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return new UnknownHostException(host);
      }
    }
    if (failure instanceof ConnectException && failure.getMessage() == null) {
      return new ConnectException("Connection refused");
    }
    return failure instanceof IOException io ? io : new IOException(failure);
  }
}
