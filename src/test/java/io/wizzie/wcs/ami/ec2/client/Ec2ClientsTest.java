package io.wizzie.wcs.ami.ec2.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.ec2.AskedOperatorAddress;
import io.wizzie.wcs.ami.ec2.Ec2Refusals;
import io.wizzie.wcs.ami.ec2.OperatorAddress;
import io.wizzie.wcs.ami.ec2.ProjectResources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real client against an endpoint on loopback, and how its failures are told. */
class Ec2ClientsTest {
  private static final String EMPTY_ANSWER =
      "<DescribeImagesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
          + "<requestId>r</requestId><imagesSet/></DescribeImagesResponse>";

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> authorizations = new ArrayList<>();
  private @Nullable HttpServer server;

  private record Answer(int status, String body) {}

  @BeforeEach
  void serve() throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    started.createContext("/", this::answer);
    started.start();
    server = started;
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
    Answer answer = answers.isEmpty() ? new Answer(200, EMPTY_ANSWER) : answers.remove();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Ec2Connection connect() {
    if (server == null) {
      throw new IllegalStateException("No server");
    }
    return Ec2Clients.create(
        new Ec2Settings(
            "local",
            null,
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            new Ec2Settings.Credentials("local", Secret.ofUtf8("local"))));
  }

  private static Answer error(int status, String code) {
    return new Answer(
        status,
        "<Response><Errors><Error><Code>"
            + code
            + "</Code><Message>Because</Message></Error></Errors>"
            + "<RequestID>req-7</RequestID></Response>");
  }

  @Test
  void talksToAnEndpointAndSignsForItsRegion() {
    try (Ec2Connection connection = connect()) {
      assertThat(new ProjectResources(connection).images()).isEmpty();
      assertThat(connection.region()).isEqualTo("local");
      assertThat(connection.cli().remove(new ResourceId("local", ResourceKind.KEY_PAIR, "k")))
          .startsWith("aws ec2 delete-key-pair --key-name k --region local --endpoint-url http://");
    }
    assertThat(authorizations)
        .singleElement()
        .satisfies(header -> assertThat(header).contains("/local/ec2/aws4_request"));
  }

  @Test
  void reachesLoopbackWithoutTheProxy() {
    String host = System.setProperty("http.proxyHost", "127.0.0.1");
    String port = System.setProperty("http.proxyPort", "1");
    try (Ec2Connection connection = connect()) {
      assertThat(new ProjectResources(connection).images()).isEmpty();
    } finally {
      restore("http.proxyHost", host);
      restore("http.proxyPort", port);
    }
  }

  private static void restore(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  @Test
  void repeatsWhatTheServerFailedAt() {
    answers.add(error(503, "ServiceUnavailable"));

    try (Ec2Connection connection = connect()) {
      assertThat(new ProjectResources(connection).images()).isEmpty();
    }
    assertThat(authorizations).hasSize(2);
  }

  @Test
  void tellsWhichPermissionIsMissing() {
    answers.add(error(403, "UnauthorizedOperation"));

    try (Ec2Connection connection = connect()) {
      assertThatThrownBy(() -> new ProjectResources(connection).images())
          .isInstanceOfSatisfying(
              Ec2CallException.class,
              failed -> {
                assertThat(failed.category()).isEqualTo(Category.EC2);
                assertThat(failed.code()).isEqualTo("UnauthorizedOperation");
                assertThat(failed.action()).isEqualTo("DescribeImages");
                assertThat(failed.isOutcomeUnknown()).isFalse();
              })
          .hasMessage(
              "Listing the images failed: UnauthorizedOperation: Because (DescribeImages, request"
                  + " req-7). Allow ec2:DescribeImages to these credentials; 'wcs-ami policy'"
                  + " prints all that this configuration needs, 'wcs-ami plan' asks EC2 for it"
                  + " beforehand.");
    }
  }

  @Test
  void tellsWhyTheCredentialsAreRefusedThoughTheStatusIs401() {
    answers.add(error(401, "AuthFailure"));

    try (Ec2Connection connection = connect()) {
      assertThatThrownBy(() -> new ProjectResources(connection).images())
          .isInstanceOfSatisfying(
              Ec2CallException.class,
              failed -> {
                assertThat(failed.category()).isEqualTo(Category.CREDENTIALS);
                assertThat(failed.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
              })
          .hasMessage(
              "Listing the images failed: AuthFailure: Because (DescribeImages, request req-7)."
                  + " Check the credentials, and that the region is enabled in the account.");
    }
  }

  @Test
  void tellsWhatTheAccountHasNotSubscribedTo() {
    answers.add(error(401, "OptInRequired"));

    try (Ec2Connection connection = connect()) {
      assertThatThrownBy(() -> new ProjectResources(connection).images())
          .isInstanceOfSatisfying(
              Ec2CallException.class,
              failed -> assertThat(failed.category()).isEqualTo(Category.EC2))
          .hasMessageContaining("OptInRequired: Because")
          .hasMessageEndingWith("Accept what AWS asks for in the account's console first.");
    }
  }

  @Test
  void doesNotTakeARegionThatHasNoEndpoint() {
    assertThatThrownBy(() -> Ec2Clients.create(new Ec2Settings("us-esat-1", null, null, null)))
        .isInstanceOfSatisfying(
            BuildException.class,
            failed -> assertThat(failed.category()).isEqualTo(Category.CONFIGURATION))
        .hasMessage(
            "region: 'us-esat-1' is no AWS region that this version knows; did you mean"
                + " \"us-east-1\"? The host name ec2.us-esat-1.amazonaws.com is unknown.");
  }

  @Test
  void tellsWhenNobodyAnswers() {
    Ec2Connection connection = connect();
    stop();
    try (connection) {
      assertThatThrownBy(() -> new ProjectResources(connection).images())
          .isInstanceOfSatisfying(
              Ec2CallException.class,
              failed -> {
                assertThat(failed.isOutcomeUnknown()).isTrue();
                assertThat(failed.isTransient()).isTrue();
              })
          .hasMessageContaining("EC2 did not answer")
          .hasMessageContaining("Check the region's name");
    }
  }

  @Test
  void tellsOfAnInterruptAndKeepsTheFlag() {
    try (Ec2Connection connection = connect()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> new ProjectResources(connection).images())
          .isInstanceOfSatisfying(
              Ec2CallException.class,
              failed -> {
                assertThat(failed.category()).isEqualTo(Category.INTERRUPTED);
                assertThat(failed.isTransient()).isFalse();
              });
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  @Test
  void knowsARemedyForTheWellKnownCodes() {
    assertThat(Ec2Refusals.of("RunInstances", "VPCIdNotSpecified"))
        .hasMessageContaining("builder.subnetId");
    assertThat(Ec2Refusals.of("RunInstances", "RequestExpired")).hasMessageContaining("clock");
    assertThat(Ec2Refusals.of("RunInstances", "AuthFailure")).hasMessageContaining("credentials");
    assertThat(Ec2Refusals.of("RunInstances", "Novel").getMessage()).endsWith("req-1).");
  }

  @Test
  void asksForTheOperatorsAddress() {
    answers.add(new Answer(200, "203.0.113.7\n"));
    answers.add(new Answer(200, "<html>a captive portal</html>"));
    if (server == null) {
      throw new IllegalStateException("No server");
    }
    URI checkIp = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    OperatorAddress asked = new AskedOperatorAddress(null, checkIp);

    assertThat(asked.onTheInternet().getHostAddress()).isEqualTo("203.0.113.7");
    assertThatThrownBy(asked::onTheInternet)
        .isInstanceOfSatisfying(
            BuildException.class,
            failed -> assertThat(failed.category()).isEqualTo(Category.CONFIGURATION))
        .hasMessageContaining("builder.sourceCidrs");
  }

  @Test
  void anInterruptEndsTheAskingForTheOperatorsAddress() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OperatorAddress asked =
          new AskedOperatorAddress(
              null, URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"));
      Thread.currentThread().interrupt();

      assertThatThrownBy(asked::onTheInternet)
          .isInstanceOfSatisfying(
              BuildException.class,
              failed -> assertThat(failed.category()).isEqualTo(Category.INTERRUPTED));
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNotGuessTheOperatorsAddressOnLoopback() {
    OperatorAddress onLoopback = new AskedOperatorAddress(URI.create("http://127.0.0.1:4566"));

    assertThatThrownBy(onLoopback::onTheInternet).hasMessageContaining("builder.sourceCidrs");
    assertThat(onLoopback.towards(InetAddress.getLoopbackAddress()).isLoopbackAddress()).isTrue();
  }
}
