package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wizzie.wcs.ami.localregion.model.AccessKey;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** The Query protocol as it goes over the wire. */
class ProtocolTest extends RegionTest {
  private static final String VERSION = "&Version=2016-11-15";
  private static final String REQUEST = "Action=DescribeSubnets" + VERSION;

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
            signer().get(region.endpoint().resolve("/?Action=DescribeSubnets" + VERSION)).build(),
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
    String signature = signed(REQUEST).getOrDefault("Authorization", "");

    assertThat(code(post(REQUEST, Map.of()))).isEqualTo("403 MissingAuthenticationToken");
    for (String other :
        List.of(
            "Basic bG9jYWw6bG9jYWw=",
            "AWS4-HMAC-SHA256 ",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f, SignedHeaders=host, Signature=0",
            "AWS4-HMAC-SHA256 Credential, SignedHeaders",
            signature.replace("/ec2/", "/s3/"),
            signature.replace("eu-west-1", "..%2fetc"),
            signature.replace("Credential=", "Credential=x, Credential="))) {
      assertThat(code(post(REQUEST, with("Authorization", other)))).isEqualTo("401 AuthFailure");
    }
  }

  @Test
  void onlyWhoKnowsTheSecretIsAnswered() throws Exception {
    AccessKey other = new AccessKey("AKIAIOSFODNN7EXAMPLE", region.accessKey().secret());

    assertThat(code(post(REQUEST, signed(REQUEST)))).isEqualTo("200");
    assertThat(code(post(REQUEST, signed(signer().withSecret("guessed"), REQUEST))))
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(code(post(REQUEST, signed(new Signer(other, "eu-west-1"), REQUEST))))
        .isEqualTo("401 AuthFailure");
  }

  @Test
  void nothingThatIsSignedCanBeChanged() throws Exception {
    assertThat(code(post("Action=DescribeImages" + VERSION, signed(REQUEST))))
        .isEqualTo("403 SignatureDoesNotMatch");
    String authorization = signed(REQUEST).getOrDefault("Authorization", "");
    for (String changed :
        List.of(
            authorization.replace("eu-west-1", "us-east-1"),
            authorization.replace("host;", ""),
            authorization.replaceFirst("Signature=..", "Signature=zz"),
            authorization.replaceFirst("Signature=.*", "Signature="),
            authorization.replaceFirst("Credential=([^/]*)/\\d{8}", "Credential=$1/20200101"))) {
      assertThat(code(post(REQUEST, with("Authorization", changed))))
          .as(changed)
          .isEqualTo("403 SignatureDoesNotMatch");
    }
    assertThat(code(post(REQUEST, with("Content-Type", "text/plain"))))
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(code(post(REQUEST, with("X-Amz-Security-Token", "another account's"))))
        .isEqualTo("401 AuthFailure");
    assertThat(code(post(REQUEST, with("X-Amz-Date", "yesterday"))))
        .isEqualTo("400 IncompleteSignature");
  }

  @ParameterizedTest
  @CsvSource({"PT-16M,400 RequestExpired", "PT-14M,200", "PT14M,200", "PT16M,400 RequestExpired"})
  void aSignatureIsGoodForAQuarterOfAnHour(Duration offset, String outcome) throws Exception {
    Signer signer =
        new Signer(region.accessKey(), "eu-west-1", Clock.offset(Clock.systemUTC(), offset));

    assertThat(code(post(REQUEST, signed(signer, REQUEST)))).isEqualTo(outcome);
  }

  @Test
  void aQueryIsSignedInWhateverOrderAndSpellingItComes() throws Exception {
    URI uri =
        region
            .endpoint()
            .resolve(
                "/?Version=2016-11-15&Action=DescribeSubnets&Filter.1.Value.1=a%20b*%7e%2F%C3%BC"
                    + "&Filter.1.Name=tag%3AName");
    assertThat(code(http.send(signer().get(uri).build(), BodyHandlers.ofString())))
        .isEqualTo("200");
  }

  private Signer signer() {
    return new Signer(region.accessKey(), "eu-west-1");
  }

  private Map<String, String> signed(String form) {
    return signed(signer(), form);
  }

  private Map<String, String> signed(Signer signer, String form) {
    return signer.headers(SdkHttpMethod.POST, region.endpoint().resolve("/"), form);
  }

  /** The signed request's headers, but one. */
  private Map<String, String> with(String name, String value) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(signed(REQUEST));
    headers.put(name, value);
    return headers;
  }

  private static String code(HttpResponse<String> answer) {
    Matcher code = Pattern.compile("<Code>(.*)</Code>").matcher(answer.body());
    return answer.statusCode() + (code.find() ? " " + code.group(1) : "");
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
                      + " HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403");
    }
  }

  private HttpResponse<String> post(String form) throws IOException, InterruptedException {
    return post(form, signed(form));
  }

  private HttpResponse<String> post(String form, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(region.endpoint() + "/"))
            .POST(BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
