package io.wizzie.wcs.ami.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** The Query protocol as it goes over the wire. */
class ProtocolTest extends RegionTest {
  private static final String SCOPE =
      "AWS4-HMAC-SHA256 Credential=local/20260102/eu-west-1/ec2/aws4_request,"
          + " SignedHeaders=host;x-amz-date, Signature=00";
  private static final String VERSION = "&Version=2016-11-15";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void answersAreXmlInEc2sNamespaceWithTheRequestsId() throws Exception {
    HttpResponse<String> answer = post("Action=DescribeSubnets" + VERSION);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml;charset=UTF-8");
    String requestId = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
    assertThat(answer.body())
        .startsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DescribeSubnetsResponse"
                + " xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>"
                + requestId
                + "</requestId>")
        .contains("<availabilityZone>eu-west-1a</availabilityZone>")
        .contains("<defaultForAz>true</defaultForAz>")
        .endsWith("</DescribeSubnetsResponse>");
  }

  @Test
  void theDateIsTheRealOneAsClientsCorrectTheirClockByIt() throws Exception {
    String date =
        post("Action=DescribeSubnets" + VERSION).headers().firstValue("Date").orElseThrow();

    assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void emptyAnswersSayTrueAndEmptyListsAreThere() throws Exception {
    ec2 = client("eu-west-1");
    String image = baseImage().imageId();

    assertThat(post("Action=CreateTags&ResourceId.1=" + image + "&Tag.1.Key=a" + VERSION).body())
        .contains("<return>true</return>");
    assertThat(post("Action=DescribeInstances" + VERSION).body())
        .contains("<reservationSet></reservationSet>");
  }

  @Test
  void anEmptyParameterIsNone() throws Exception {
    assertThat(
            post("Action=CreateSecurityGroup&GroupName=g&GroupDescription=d&VpcId=" + VERSION)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void getRequestsAreAnsweredAsWell() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(region.endpoint().resolve("/?Action=DescribeSubnets" + VERSION))
                .header("Authorization", SCOPE)
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void textIsEscapedThereAndBack() throws Exception {
    ec2 = client("eu-west-1");
    String value = "<a href=\"x\">&amp; é 🚀\t\r\n";
    post(
        "Action=CreateTags&ResourceId.1="
            + baseImage().imageId()
            + "&Tag.1.Key=a&Tag.1.Value="
            + encoded(value)
            + VERSION);

    assertThat(baseImage().tags().get(0).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalsHaveEc2sStatusAndCode(String request, int status, String code) throws Exception {
    HttpResponse<String> answer = post(request);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .contains("<Response><Errors><Error><Code>" + code + "</Code><Message>")
        .containsPattern("</Error></Errors><RequestID>[0-9a-f-]{36}</RequestID></Response>$");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused("Action=DescribeEverything" + VERSION, 400, "InvalidAction"),
        refused("Action=describeInstances" + VERSION, 400, "InvalidAction"),
        refused("Action=StartInstances&InstanceId.1=i-1" + VERSION, 403, "UnauthorizedOperation"),
        refused("Action=DescribeKeyPairs" + VERSION, 403, "UnauthorizedOperation"),
        refused("Action=DescribeVpcs&DryRun=true" + VERSION, 403, "UnauthorizedOperation"),
        refused("Action=DescribeImages&DryRun=true" + VERSION, 412, "DryRunOperation"),
        refused("Action=DescribeImages&Colour=blue" + VERSION, 400, "UnknownParameter"),
        refused("Action=DescribeImages&Filter.1.Colour=blue" + VERSION, 400, "UnknownParameter"),
        refused("Action=DescribeImages&ImageId=ami-1" + VERSION, 400, "UnknownParameter"),
        refused("Action=DescribeImages&MaxResults=many" + VERSION, 400, "InvalidParameterValue"),
        refused("Action=DescribeImages&DryRun=perhaps" + VERSION, 400, "InvalidParameterValue"),
        refused("Action=CreateKeyPair" + VERSION, 400, "MissingParameter"),
        refused("Action=CreateKeyPair&KeyName=" + VERSION, 400, "MissingParameter"),
        refused(
            "Action=DescribeImages&Owner.1=a&Owner.1=b" + VERSION,
            400,
            "InvalidParameterCombination"),
        refused("Action=DescribeImages&Version=2006-01-01", 400, "NoSuchVersion"),
        refused("Action=%zz" + VERSION, 400, "MalformedQueryString"),
        refused(VERSION, 400, "MissingAction"));
  }

  private static Arguments refused(String request, int status, String code) {
    return Arguments.of(request, status, code);
  }

  @Test
  void theSdkTellsADryRunFromARefusal() {
    DescribeImagesRequest request = DescribeImagesRequest.builder().dryRun(true).build();

    Ec2Exception answer = refused(() -> ec2.describeImages(request));

    assertThat(answer.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(answer.requestId()).hasSize(36);
    assertThat(refused(() -> ec2.describeVpcs()))
        .hasMessageContaining("is not authorized to perform: ec2:DescribeVpcs");
  }

  @Test
  void aRequestWithoutASignatureForEc2IsRefused() throws Exception {
    String request = "Action=DescribeSubnets" + VERSION;

    assertThat(post(request, "").body()).contains("<Code>MissingAuthenticationToken</Code>");
    assertThat(post(request, "Basic bG9jYWw6bG9jYWw=").statusCode()).isEqualTo(401);
    assertThat(post(request, SCOPE.replace("/ec2/", "/s3/")).body())
        .contains("<Code>AuthFailure</Code>");
    assertThat(post(request, SCOPE.replace("eu-west-1", "..%2fetc")).body())
        .contains("<Code>AuthFailure</Code>");
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    assertThat(post("Action=DescribeSubnets&X=" + "a".repeat(2 << 20) + VERSION).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aPageWhoseNameResolvesToLoopbackGetsNothing() throws Exception {
    // The HTTP client sets the header Host by itself.
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), region.endpoint().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /?Action=DescribeSubnets"
                      + VERSION
                      + " HTTP/1.1\r\nHost: evil.example:80\r\nAuthorization: "
                      + SCOPE
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403");
    }
  }

  private HttpResponse<String> post(String form) throws IOException, InterruptedException {
    return post(form, SCOPE);
  }

  private HttpResponse<String> post(String form, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(region.endpoint() + "/"))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(BodyPublishers.ofString(form));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
