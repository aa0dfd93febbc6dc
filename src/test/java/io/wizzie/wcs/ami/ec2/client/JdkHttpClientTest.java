package io.wizzie.wcs.ami.ec2.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.ec2.Ec2Refusals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The HTTP client against a socket that answers, is silent, drops the connection, or is a proxy.
 */
@Timeout(30)
class JdkHttpClientTest {
  private final Map<String, String> before = new TreeMap<>();
  private final List<String> heads = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private ServerSocket server = new ServerSocket();

  JdkHttpClientTest() throws IOException {}

  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "server of the test");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void end() throws IOException {
    boolean unused = Thread.interrupted();
    server.close();
    before.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        heads.add(head(socket));
        asked.countDown();
        if (answer.equals("drop")) {
          socket.close();
        } else {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
          socket.getOutputStream().flush();
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private void property(String name, @Nullable String value) {
    before.put(name, System.getProperty(name, ""));
    if (value != null) {
      System.setProperty(name, value);
    }
  }

  private ExecutableHttpRequest post(String url) {
    byte[] body = "Action=DescribeImages".getBytes(StandardCharsets.US_ASCII);
    SdkHttpRequest request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create(url))
            .putHeader("Host", "ignored")
            .putHeader("Authorization", "AWS4-HMAC-SHA256 Credential=a")
            .putHeader("Content-Length", String.valueOf(body.length))
            .build();
    return new JdkHttpClient()
        .prepareRequest(
            HttpExecuteRequest.builder()
                .request(request)
                .contentStreamProvider(() -> new ByteArrayInputStream(body))
                .build());
  }

  private String here() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  private static String body(HttpExecuteResponse response) throws IOException {
    return new String(
        response.responseBody().orElseThrow().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void handsOutTheBodyOfA401() throws IOException {
    answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 11\r\n\r\nAuthFailure";

    HttpExecuteResponse response = post(here()).call();

    assertThat(response.httpResponse().statusCode()).isEqualTo(401);
    assertThat(body(response)).isEqualTo("AuthFailure");
    assertThat(heads.get(0))
        .startsWith("POST / HTTP/1.1\r\n")
        .contains("Host: 127.0.0.1:" + server.getLocalPort())
        .contains("Content-Length: 21")
        .contains("Authorization: AWS4-HMAC-SHA256 Credential=a")
        .doesNotContain("Expect")
        .doesNotContain("Upgrade");
  }

  @Test
  void anInterruptEndsACallThatIsNotAnsweredAtOnce() throws InterruptedException {
    answer = "";
    endsWhenInterrupted();
  }

  @Test
  void anInterruptEndsACallWhoseAnswerStopsInTheMiddleAtOnce() throws InterruptedException {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly so much";
    endsWhenInterrupted();
  }

  private void endsWhenInterrupted() throws InterruptedException {
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    List<Boolean> flag = Collections.synchronizedList(new ArrayList<>());
    Thread caller =
        new Thread(
            () -> {
              try {
                var unused = post(here()).call();
              } catch (IOException failed) {
                thrown.add(failed);
                flag.add(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();
    caller.join(10_000);

    assertThat(caller.isAlive()).isFalse();
    assertThat(thrown).singleElement().isInstanceOf(InterruptedIOException.class);
    assertThat(flag).containsExactly(true);
  }

  @Test
  void aTimeoutOfTheSdkAbortsACall() throws InterruptedException {
    answer = "";
    ExecutableHttpRequest call = post(here());
    Thread timer =
        new Thread(
            () -> {
              try {
                asked.await();
                call.abort();
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
            });
    timer.start();

    assertThatThrownBy(call::call).isInstanceOf(IOException.class);
    timer.join();
  }

  @Test
  void doesNotSendAgainWhatWasNotAnswered() {
    answer = "drop";

    assertThatThrownBy(() -> post(here()).call()).isInstanceOf(IOException.class);
    assertThat(heads).hasSize(1);
  }

  @Test
  void saysInTheWordsOfSocketsWhyThereIsNoConnection() throws IOException {
    server.close();
    assertThatThrownBy(() -> post(here()).call())
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused")
        .satisfies(failed -> assertThat(asToldByACall(failed)).contains("Connection refused"));
    assertThatThrownBy(() -> post("http://no-such-host.invalid/").call())
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no-such-host.invalid")
        .satisfies(
            failed ->
                assertThat(asToldByACall(failed))
                    .contains("the host name no-such-host.invalid is unknown"));
  }

  private static String asToldByACall(Throwable failed) {
    return String.valueOf(
        Ec2Refusals.thrown("DescribeImages", SdkClientException.create("Unable to execute", failed))
            .getMessage());
  }

  @Test
  void goesThroughTheProxyWithItsPasswordButNotForLoopbackAndWhatIsExcepted() throws IOException {
    property("http.proxyHost", "127.0.0.1");
    property("http.proxyPort", String.valueOf(server.getLocalPort()));
    property("http.proxyUser", "me");
    property("http.proxyPassword", "secret");
    property("http.nonProxyHosts", "*.invalid");

    assertThat(body(post("http://ec2.example.test/").call())).isEqualTo("ok");
    assertThat(heads.get(0))
        .startsWith("POST http://ec2.example.test/ HTTP/1.1")
        .contains("Proxy-Authorization: Basic bWU6c2VjcmV0");
    assertThatThrownBy(() -> post("http://no-such-host.invalid/").call())
        .isInstanceOf(UnknownHostException.class);
    assertThat(body(post(here()).call())).isEqualTo("ok");
    assertThat(heads.get(1)).startsWith("POST / HTTP/1.1").doesNotContain("Proxy-Authorization");
  }

  @Test
  void opensATunnelForHttps() {
    property("https.proxyHost", "127.0.0.1");
    property("https.proxyPort", String.valueOf(server.getLocalPort()));
    property("https.proxyUser", "me");
    property("https.proxyPassword", "secret");
    answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";

    assertThatThrownBy(
            () -> {
              HttpExecuteResponse answered = post("https://ec2.example.test/").call();
              throw new IOException("status " + answered.httpResponse().statusCode());
            })
        .isInstanceOf(IOException.class);
    assertThat(heads.get(0))
        .startsWith("CONNECT ec2.example.test:443 HTTP/1.1")
        .contains("Proxy-Authorization: Basic bWU6c2VjcmV0")
        .doesNotContain("AWS4-HMAC-SHA256");
  }
}
