package io.wizzie.wcs.ami.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The template against Marketplace's rules, each seen to find what it is for. */
class StackTemplateTest {
  private static LaunchableImage image(String architecture) {
    return new LaunchableImage(
        "wcs-1.1.0-20261122135800",
        "1.1.0",
        architecture,
        "ubuntu",
        "/dev/sda1",
        30,
        new TreeMap<>(Map.of("us-east-1", "ami-0123456789abcdef0", "eu-west-1", "ami-1")));
  }

  private static ObjectNode template() {
    return StackTemplate.of(image("x86_64"));
  }

  @Test
  void followsTheRules() {
    assertThat(MarketplaceRules.broken(template())).isEmpty();
    assertThat(MarketplaceRules.broken(StackTemplate.of(image("arm64")))).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> eachRuleFindsWhatItIsFor() {
    return Stream.of(
        broken("image-by-mapping", t -> properties(t, "Instance").put("ImageId", "ami-1")),
        broken("one-image", t -> at(t, "/Mappings/Images/us-east-1").put("Second", "ami-2")),
        broken("one-image", t -> at(t, "/Mappings").putObject("More").putObject("r").put("I", "a")),
        broken(
            "one-image",
            t -> at(t, "/Resources").set("Other", at(t, "/Resources/Instance").deepCopy())),
        broken("cidr-without-default", t -> parameter(t, "SshCidr").put("Default", "10.0.0.0/8")),
        broken("cidr-without-default", t -> parameter(t, "WcsCidr").put("Default", "0.0.0.0/0")),
        broken("nothing-open", t -> rule(t).put("CidrIp", "0.0.0.0/0")),
        broken("nothing-open", t -> rule(t).put("CidrIp", "198.51.100.0/24")),
        broken("nothing-open", t -> rule(t).put("CidrIpv6", "::/0")),
        broken("nothing-open", t -> rule(t).put("ToPort", 65535)),
        broken("nothing-open", t -> parameter(t, "SshCidr").remove("AllowedPattern")),
        broken("no-echo", t -> at(t, "/Parameters").putObject("DbPassword").put("Type", "String")),
        broken("no-zone", t -> properties(t, "Instance").put("AvailabilityZone", "us-east-1a")),
        broken(
            "no-zone",
            t ->
                at(t, "/Parameters")
                    .putObject("Where")
                    .put("Type", "AWS::EC2::AvailabilityZone::Name")),
        broken(
            "imds-v2",
            t ->
                at(t, "/Resources/MetadataOptions/Properties/LaunchTemplateData/MetadataOptions")
                    .put("HttpTokens", "optional")),
        broken("imds-v2", t -> properties(t, "Instance").remove("LaunchTemplate")),
        broken("grouped", t -> at(t, "/Parameters").putObject("Lost").put("Type", "String")),
        broken("root-gp3", t -> ebs(t).put("VolumeType", "gp2")),
        broken("root-gp3", t -> parameter(t, "VolumeSize").put("MinValue", 8)));
  }

  private static DynamicTest broken(String rule, Consumer<ObjectNode> violation) {
    return DynamicTest.dynamicTest(
        rule,
        () -> {
          ObjectNode template = template();
          violation.accept(template);
          assertThat(MarketplaceRules.broken(template)).contains(rule);
        });
  }

  @Test
  void opensThePortsOfWcsToItsUsersAndSshToOperators() {
    JsonNode ingress = template().at("/Resources/SecurityGroup/Properties/SecurityGroupIngress");

    assertThat(ingress)
        .extracting(each -> each.path("FromPort").asInt() + " " + each.at("/CidrIp/Ref").asText())
        .containsExactly(
            "22 SshCidr", "3000 WcsCidr", "8080 WcsCidr", "8084 WcsCidr", "9092 WcsCidr");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.25/32",
        "10.0.0.0/8",
        "192.168.0.0/16",
        "0.0.0.0/1",
        "255.255.255.255/9"
      })
  void takesRanges(String cidr) {
    assertThat(cidr).matches(parameter(template(), "SshCidr").path("AllowedPattern").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "10.0.0.1",
        "10.0.0.0/33",
        "256.0.0.0/8",
        "10.0.0/8",
        "::/0",
        "",
        "x"
      })
  void refusesTheWholeInternetAndWhatIsNoRange(String cidr) {
    for (String name : List.of("SshCidr", "WcsCidr")) {
      assertThat(cidr).doesNotMatch(parameter(template(), name).path("AllowedPattern").asText());
    }
  }

  @Test
  void startsAnInstanceThatIsFitForWcs() {
    assertThat(parameter(template(), "InstanceType").path("Default").asText())
        .isEqualTo("m5.xlarge");
    assertThat(parameter(template(), "InstanceType").path("AllowedValues"))
        .extracting(JsonNode::asText)
        .contains("m5.xlarge", "t3.xlarge")
        .allMatch(type -> type.endsWith("xlarge"));
    assertThat(parameter(StackTemplate.of(image("arm64")), "InstanceType").path("Default").asText())
        .isEqualTo("m6g.xlarge");
  }

  @Test
  void mapsEveryRegionToItsCopyOfTheImage() {
    assertThat(template().at("/Mappings/Images/us-east-1/ImageId").asText())
        .isEqualTo("ami-0123456789abcdef0");
    assertThat(template().at("/Mappings/Images/eu-west-1/ImageId").asText()).isEqualTo("ami-1");
  }

  @Test
  void tellsTheUrlOfThePublicAddressOrElseThePrivateOne() {
    JsonNode url = template().at("/Outputs/Url/Value/Fn::Sub");

    assertThat(url.path(0).asText()).isEqualTo("http://${Address}:3000");
    assertThat(url.path(1).toString())
        .isEqualTo(
            "{\"Address\":{\"Fn::If\":[\"HasPublicAddress\","
                + "{\"Fn::GetAtt\":[\"Instance\",\"PublicIp\"]},"
                + "{\"Fn::GetAtt\":[\"Instance\",\"PrivateIp\"]}]}}");
  }

  /** Every function of the template names something that there is. */
  @Test
  void refersOnlyToWhatItHas() {
    ObjectNode template = template();

    assertThat(template.findValuesAsText("Ref"))
        .isNotEmpty()
        .allMatch(
            name ->
                name.startsWith("AWS::")
                    || template.path("Parameters").has(name)
                    || template.path("Resources").has(name));
    assertThat(template.findValues("Fn::GetAtt"))
        .allMatch(each -> template.path("Resources").has(each.path(0).asText()));
    assertThat(template.findValues("Fn::If"))
        .allMatch(each -> template.path("Conditions").has(each.path(0).asText()));
  }

  private static ObjectNode at(ObjectNode template, String pointer) {
    return (ObjectNode) template.at(pointer);
  }

  private static ObjectNode parameter(ObjectNode template, String name) {
    return at(template, "/Parameters/" + name);
  }

  private static ObjectNode properties(ObjectNode template, String resource) {
    return at(template, "/Resources/" + resource + "/Properties");
  }

  private static ObjectNode rule(ObjectNode template) {
    return at(template, "/Resources/SecurityGroup/Properties/SecurityGroupIngress/0");
  }

  private static ObjectNode ebs(ObjectNode template) {
    return at(template, "/Resources/Instance/Properties/BlockDeviceMappings/0/Ebs");
  }
}
