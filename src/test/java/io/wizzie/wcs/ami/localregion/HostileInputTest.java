package io.wizzie.wcs.ami.localregion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Whatever comes, the answer is an error of EC2 or a closed connection, and others are served. */
@Timeout(60)
class HostileInputTest extends RegionTest {
  private static final String VERSION = "&Version=2016-11-15";
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void othersAreServed() {
    assertThat(ec2.describeRegions().regions()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Action=%zz | MalformedQueryString",
        "Action=DescribeRegions&X=% | MalformedQueryString",
        "Action=DescribeRegions&X=%4 | MalformedQueryString",
        "Action=DescribeRegions&Action=DescribeRegions | InvalidParameterCombination",
        "Action=DescribeRegions&=x | UnknownParameter",
        "Action=DescribeRegions&. | UnknownParameter",
        "Action=DescribeRegions&Filter..1=x | UnknownParameter",
        "Action=DescribeRegions&RegionName=x | UnknownParameter",
        "Action=DescribeRegions&RegionName.99999999999=x | UnknownParameter",
        "Action=DescribeRegions&RegionName.-1=x | UnknownParameter",
        "Action=DescribeRegions&RegionName.1=a&RegionName.1.2=b | UnknownParameter",
        "Action=DescribeImages&MaxResults=99999999999999 | InvalidParameterValue",
        "Action=DescribeImages&MaxResults=1e3 | InvalidParameterValue",
        "Action=DescribeImages&DryRun=perhaps | InvalidParameterValue",
        "Action=DescribeImages&ImageId.1=ami-%00 | InvalidAMIID.Malformed",
        "Action=DescribeImages&ImageId.1=../../etc/passwd | InvalidAMIID.Malformed",
        "Action=DescribeImages&NextToken=%F0%9F%92%A9 | InvalidNextToken",
        "Action=..%2f..%2fetc | InvalidAction",
        "Action=Run%00Instances | InvalidAction",
        "{\"Action\":\"DescribeRegions\"} | MissingAction",
        "<xml/> | MissingAction",
      })
  void aRequestThatIsWrongIsToldSo(String form, String code) throws Exception {
    HttpResponse<String> answer = post(form + VERSION);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    assertWellFormed(answer.body());
  }

  @Test
  void wrongUtf8AndControlCharactersAreAnsweredInXml() throws Exception {
    for (String value : List.of("%ff%fe", "%c3%28", "%ed%a0%80", "%01%02%0b", "%3c%26%5d%5d%3e")) {
      HttpResponse<String> answer = post("Action=DescribeImages&ImageId.1=" + value + VERSION);

      assertThat(answer.body()).contains("InvalidAMIID.Malformed");
      assertWellFormed(answer.body());
    }
  }

  @Test
  void tooManyParametersAreRefused() throws Exception {
    String many =
        IntStream.range(0, 100_000).mapToObj(n -> "&p" + n + "=").collect(Collectors.joining());
    assertCode("MalformedQueryString", "Action=DescribeRegions" + many + VERSION);
  }

  @Test
  void aThousandIdsAreNotTooMany() throws Exception {
    String ids =
        IntStream.rangeClosed(1, 1000)
            .mapToObj(n -> "&InstanceId." + n + "=i-" + "%017x".formatted(n))
            .collect(Collectors.joining());
    assertCode("InvalidInstanceID.NotFound", "Action=DescribeInstances" + ids + VERSION);
  }

  @Test
  void namesThatAreTooDeepAreRefused() throws Exception {
    assertCode(
        "MalformedQueryString", "Action=DescribeRegions&" + "a.".repeat(250_000) + "=x" + VERSION);
    assertCode("UnknownParameter", "Action=DescribeRegions&" + "a.".repeat(100) + "=x" + VERSION);
  }

  @Test
  void aBodyWithoutALengthIsBoundedToo() throws Exception {
    byte[] large = ("Action=DescribeRegions&X=" + "a".repeat(2 << 20) + VERSION).getBytes(UTF_8);
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(region.endpoint() + "/"))
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .build();

    assertThat(http.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @Test
  void aPatternOfManyStarsTakesNoTime() throws Exception {
    String name = "a".repeat(100);
    ec2.createKeyPair(CreateKeyPairRequest.builder().keyName(name).build());
    String stars = URLEncoder.encode("*a".repeat(5000) + "b", UTF_8);

    HttpResponse<String> answer =
        post("Action=DescribeImages&Filter.1.Name=name&Filter.1.Value.1=" + stars + VERSION);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n\r\n",
        "hello\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u0016\u0003\u0001\u0002",
      })
  void whatIsNoHttpEndsTheConnection(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.shutdownOutput();
      String answer = read(socket.getInputStream());
      assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 4")).as(answer).isTrue();
    }
  }

  @Test
  void aRequestThatBreaksOffHarmsNobody() throws IOException {
    for (int length : List.of(1, 20, 60)) {
      try (Socket socket = connect()) {
        String request =
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nAction=RunInst";
        socket.getOutputStream().write(request.substring(0, length).getBytes(UTF_8));
      }
    }
  }

  @Test
  void thoseWhoSendSlowlyDoNotKeepOthersWaiting() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int count = 0; count < 40; count++) {
        Socket socket = connect();
        slow.add(socket);
        socket.getOutputStream().write("POST / HTTP/1.1\r\nHost: 127.0".getBytes(UTF_8));
      }
      assertThat(post("Action=DescribeRegions" + VERSION).statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void manyAtOnceAreAllAnswered() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (int number = 0; number < 160; number++) {
        String name = "key-" + number / 4;
        calls.add(() -> created(name));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> outcome : clients.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
      // Of the four that want the same name, one gets it.
      assertThat(outcomes).filteredOn("OK"::equals).hasSize(40);
      assertThat(outcomes).filteredOn("InvalidKeyPair.Duplicate"::equals).hasSize(120);
    } finally {
      clients.shutdownNow();
    }
  }

  private String created(String name) {
    try {
      ec2.createKeyPair(CreateKeyPairRequest.builder().keyName(name).keyType("ed25519").build());
      return "OK";
    } catch (Ec2Exception refused) {
      return refused.awsErrorDetails().errorCode();
    }
  }

  private void assertCode(String code, String form) throws Exception {
    HttpResponse<String> answer = post(form);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
  }

  private static void assertWellFormed(String xml) throws Exception {
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(UTF_8)))
                .getDocumentElement()
                .getTagName())
        .isEqualTo("Response");
  }

  private HttpResponse<String> post(String form) throws IOException, InterruptedException {
    HttpRequest request =
        new Signer(region.accessKey(), "local")
            .post(region.endpoint(), form)
            .timeout(Duration.ofSeconds(20))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), region.endpoint().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String read(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), UTF_8);
  }
}
