package io.wizzie.wcs.ami.ec2.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.ec2.ProjectResources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the AWS configuration files say of a profile, right or wrong. */
class AwsProfileTest {
  private static final String EMPTY_ANSWER =
      "<DescribeImagesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
          + "<requestId>r</requestId><imagesSet/></DescribeImagesResponse>";
  private static final String ROLE_ANSWER =
      "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
          + "<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
          + "<SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>"
          + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
  private static final String ROLE_REFUSAL =
      "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>Because of the"
          + " trust</Message></Error><RequestId>q</RequestId></ErrorResponse>";
  private static final String KEYS = "aws_access_key_id = %s\naws_secret_access_key = x\n";

  @TempDir Path folder;
  private final Map<String, String> before = new TreeMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<HttpServer> servers = new ArrayList<>();
  private int roleStatus = 200;
  private String roleAnswer = ROLE_ANSWER;

  @BeforeEach
  void pointAtFilesOfItsOwn() {
    property("aws.configFile", config().toString());
    property("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    property("aws.profile", null);
    property("aws.disableEc2Metadata", "true");
  }

  @AfterEach
  void restore() {
    servers.forEach(server -> server.stop(0));
    before.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private void property(String name, @Nullable String value) {
    before.put(name, System.getProperty(name, ""));
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  private Path config() {
    return folder.resolve("config");
  }

  private void config(String text) throws IOException {
    Files.writeString(config(), text);
  }

  /** An endpoint that notes its name with the key of each request. */
  private String endpoint(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(name, exchange));
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(String name, HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String signed = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(name + " by " + signed.replaceFirst(".*Credential=(\\w+)/.*", "$1"));
    boolean role = body.contains("AssumeRole");
    byte[] answer = (role ? roleAnswer : EMPTY_ANSWER).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(role ? roleStatus : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private Ec2Connection list(@Nullable String option) {
    try (Ec2Connection connection =
        Ec2Clients.create(new Ec2Settings("eu-west-1", option, null, null))) {
      assertThat(new ProjectResources(connection).images()).isEmpty();
      return connection;
    }
  }

  private BuildException refused(@Nullable String option) {
    BuildException refused =
        catchThrowableOfType(
            BuildException.class,
            () -> Ec2Clients.create(new Ec2Settings("eu-west-1", option, null, null)));
    assertThat(refused).isNotNull();
    assertThat(refused.category()).isEqualTo(Category.CONFIGURATION);
    return refused;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decidesCredentialsAndEndpointTogetherWhetherOptionOrVariable(boolean option)
      throws IOException {
    config(
        "[default]\nendpoint_url = "
            + endpoint("default")
            + "\n"
            + KEYS.formatted("AKIADEFAULT")
            + "[profile shop]\nendpoint_url = "
            + endpoint("shop")
            + "\n"
            + KEYS.formatted("AKIASHOP"));
    if (!option) {
      property("aws.profile", "shop");
    }

    Ec2Connection connection = list(option ? "shop" : null);

    assertThat(asked).containsExactly("shop by AKIASHOP");
    assertThat(
            connection
                .cli()
                .remove(new ResourceId(connection.region(), ResourceKind.KEY_PAIR, "k")))
        .startsWith("aws ec2 delete-key-pair --key-name k --region eu-west-1 --profile shop")
        .contains(" --endpoint-url http://127.0.0.1:");
  }

  @Test
  void decidesTheEndpointsOfEachServiceForTheRoleToo() throws IOException {
    config(
        "[default]\nendpoint_url = "
            + endpoint("default")
            + "\n[profile base]\n"
            + KEYS.formatted("AKIABASE")
            + "[profile shop]\nregion = eu-west-1\nservices = shops\nsource_profile = base\n"
            + "role_arn = arn:aws:iam::123456789012:role/r\n"
            + "[services shops]\nec2 =\n  endpoint_url = "
            + endpoint("ec2")
            + "\nsts =\n  endpoint_url = "
            + endpoint("sts")
            + "\n");

    var unused = list("shop");

    assertThat(asked).containsExactly("sts by AKIABASE", "ec2 by ASIAROLE");
  }

  @ParameterizedTest
  @CsvSource({"401, InvalidClientTokenId", "403, AccessDenied"})
  void tellsWhyTheRoleIsRefused(int status, String code) throws IOException {
    roleStatus = status;
    roleAnswer = ROLE_REFUSAL.formatted(code);
    config(
        "[profile shop]\nregion = eu-west-1\nsource_profile = base\nendpoint_url = "
            + endpoint("sts")
            + "\nrole_arn = arn:aws:iam::123456789012:role/r\n[profile base]\n"
            + KEYS.formatted("AKIABASE"));

    assertThat(refused("shop"))
        .hasMessageStartingWith("No AWS credentials were found in profile shop of " + config())
        .hasMessageContaining("Because of the trust");
  }

  @Test
  void theLocalRegionTakesNothingFromTheProfile() throws IOException {
    config("[default]\nuse_fips_endpoint = true\nendpoint_url = " + endpoint("default") + "\n");
    URI endpoint = URI.create(endpoint("local"));
    try (Ec2Connection connection =
        Ec2Clients.create(
            new Ec2Settings(
                "local",
                null,
                endpoint,
                new Ec2Settings.Credentials("AKIALOCAL", Secret.ofUtf8("x"))))) {
      assertThat(new ProjectResources(connection).images()).isEmpty();
    }
    assertThat(asked).containsExactly("local by AKIALOCAL");
  }

  private static final String MISTAKES =
      """
      [profile halfkeys]
      aws_access_key_id = AKIAEXAMPLE
      [profile ssopartial]
      sso_session = corp
      sso_role_name = Dev
      [profile ssonosession]
      sso_session = missing
      sso_account_id = 123456789012
      sso_role_name = Dev
      [profile signedout]
      sso_session = corp
      sso_account_id = 123456789012
      sso_role_name = Dev
      [profile web]
      role_arn = arn:aws:iam::123456789012:role/a
      web_identity_token_file = /nonexistent/token
      [profile one]
      role_arn = arn:aws:iam::123456789012:role/a
      source_profile = two
      [profile two]
      role_arn = arn:aws:iam::123456789012:role/b
      source_profile = one
      [profile orphan]
      role_arn = arn:aws:iam::123456789012:role/a
      source_profile = nowhere
      [profile rootless]
      role_arn = arn:aws:iam::123456789012:role/a
      [profile failing]
      credential_process = sh -c "echo no vault here >&2; exit 3"
      [profile babbling]
      credential_process = echo hello
      [profile absent]
      credential_process = /nonexistent/vault
      [profile empty]
      region = eu-west-1
      [sso-session corp]
      sso_region = eu-west-1
      sso_start_url = https://example.awsapps.com/start
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "halfkeys|aws_secret_access_key' was not configured",
        "ssopartial|sso_account_id' was not configured",
        "ssonosession|Sso-session section not found with sso-session title missing",
        "signedout|SSO",
        "web|/nonexistent/token",
        "one|Circular relationship detected",
        "orphan|nowhere",
        "rootless|no credentials for profile",
        "failing|no vault here",
        "babbling|hello",
        "absent|/nonexistent/vault",
        "empty|empty"
      })
  void tellsTheMistakeInAProfileWhetherOptionOrVariable(String profile, String reason)
      throws IOException {
    config(MISTAKES);
    String expected =
        "No AWS credentials were found in profile " + profile + " of " + config() + ": ";

    assertThat(refused(profile)).hasMessageStartingWith(expected).hasMessageContaining(reason);
    assertThat(refused(profile).getMessage())
        .doesNotContain("ProfileFile(")
        .doesNotContain("Profile(");
    property("aws.profile", profile);
    assertThat(refused(null)).hasMessageStartingWith(expected).hasMessageContaining(reason);
  }

  @Test
  void namesTheProfilesThereAre() throws IOException {
    config("[profile shop]\n" + KEYS.formatted("A") + "[profile forge]\n" + KEYS.formatted("B"));
    String missing =
        "There is no AWS profile \"shp\" in "
            + config()
            + "; did you mean \"shop\"? There are: forge, shop. Choose one with --profile or"
            + " AWS_PROFILE, or make it with 'aws configure --profile shp'.";

    assertThat(refused("shp")).hasMessage(missing);
    property("aws.profile", "shp");
    assertThat(refused(null)).hasMessage("No AWS credentials were found. " + missing);
  }

  @ParameterizedTest
  @CsvSource({
    "config, configuration, AWS_CONFIG_FILE",
    "credentials, credentials, AWS_SHARED_CREDENTIALS_FILE"
  })
  void namesTheFileThatCanNotBeRead(String name, String kind, String variable) throws IOException {
    Path file = folder.resolve(name);
    byte[] marked = "\uFEFF[default]\nregion = eu-west-1\n".getBytes(StandardCharsets.UTF_8);
    for (byte[] content : List.of(marked, "gar bage\n".getBytes(StandardCharsets.UTF_8))) {
      Files.write(file, content);
      String start = "The AWS " + kind + " file " + file + " can't be read: ";
      assertThat(refused(null))
          .hasMessageStartingWith(start)
          .hasMessageEndingWith(" Correct it, or name another with " + variable + ".");
      assertThat(
              catchThrowableOfType(
                  BuildException.class, () -> Ec2Clients.defaultRegion(null, true)))
          .hasMessageStartingWith(start);
    }
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(refused(null)).hasMessageContaining(file + " can't be read: ");
  }

  @Test
  void takesTheRegionOfTheProfile() throws IOException {
    config("[default]\nregion = eu-west-1\n[profile shop]\nregion = eu-west-2\n");

    assertThat(Ec2Clients.defaultRegion("shop", true)).contains("eu-west-2");
    assertThat(Ec2Clients.defaultRegion(null, true)).contains("eu-west-1");
  }
}
