package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * AWS Marketplace's rules for a template, as far as they can be checked, and this project's own.
 */
final class MarketplaceRules {
  private static final String FIND =
      "{\"Fn::FindInMap\":[\"Images\",{\"Ref\":\"AWS::Region\"},\"ImageId\"]}";
  private static final Set<Integer> PORTS = Set.of(22, 3000, 8080, 8084, 9092);

  private static final Map<String, Predicate<JsonNode>> RULES = new LinkedHashMap<>();

  static {
    RULES.put("image-by-mapping", MarketplaceRules::takesTheImageFromTheMapping);
    RULES.put("one-image", MarketplaceRules::hasOneImage);
    RULES.put("cidr-without-default", MarketplaceRules::asksWhoMayConnect);
    RULES.put("nothing-open", MarketplaceRules::opensNothingToTheWorld);
    RULES.put("no-echo", MarketplaceRules::hidesSecrets);
    RULES.put("no-zone", MarketplaceRules::namesNoZone);
    RULES.put("imds-v2", MarketplaceRules::requiresImdsV2);
    RULES.put("grouped", MarketplaceRules::groupsEveryParameter);
    RULES.put("root-gp3", MarketplaceRules::sizesTheRootAsTheImage);
  }

  private MarketplaceRules() {}

  /** Names of the rules that the template breaks. */
  static List<String> broken(JsonNode template) {
    return RULES.entrySet().stream()
        .filter(rule -> !rule.getValue().test(template))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<JsonNode> resources(JsonNode template, String type) {
    return StreamSupport.stream(template.path("Resources").spliterator(), false)
        .filter(each -> each.path("Type").asText().equals(type))
        .toList();
  }

  private static JsonNode instance(JsonNode template) {
    return template.at("/Resources/Instance/Properties");
  }

  private static boolean takesTheImageFromTheMapping(JsonNode template) {
    List<JsonNode> imageIds = template.path("Resources").findValues("ImageId");
    return !imageIds.isEmpty() && imageIds.stream().allMatch(each -> each.toString().equals(FIND));
  }

  private static boolean hasOneImage(JsonNode template) {
    return resources(template, "AWS::EC2::Instance").size() == 1
        && template.path("Mappings").size() == 1
        && StreamSupport.stream(template.at("/Mappings/Images").spliterator(), false)
            .allMatch(region -> region.size() == 1);
  }

  private static boolean asksWhoMayConnect(JsonNode template) {
    return List.of("SshCidr", "WcsCidr").stream()
        .map(name -> template.path("Parameters").path(name))
        .allMatch(each -> each.isObject() && !each.has("Default"));
  }

  private static boolean opensNothingToTheWorld(JsonNode template) {
    for (JsonNode rule : template.findValue("SecurityGroupIngress")) {
      String parameter = rule.at("/CidrIp/Ref").asText();
      String pattern = template.at("/Parameters/" + parameter + "/AllowedPattern").asText(".*");
      boolean single = rule.path("FromPort").asInt() == rule.path("ToPort").asInt();
      if (rule.has("CidrIpv6")
          || "0.0.0.0/0".matches(pattern)
          || !single
          || !PORTS.contains(rule.path("FromPort").asInt())) {
        return false;
      }
    }
    return true;
  }

  private static boolean hidesSecrets(JsonNode template) {
    return template.path("Parameters").properties().stream()
        .filter(
            each ->
                each.getKey().toLowerCase(Locale.ROOT).matches(".*(password|secret|token|key).*"))
        .filter(each -> !each.getValue().path("Type").asText().equals("AWS::EC2::KeyPair::KeyName"))
        .allMatch(each -> each.getValue().path("NoEcho").asBoolean());
  }

  private static boolean namesNoZone(JsonNode template) {
    return template.findValue("AvailabilityZone") == null
        && !template.toString().contains("AvailabilityZone")
        && !template.toString().contains("Fn::GetAZs");
  }

  private static boolean requiresImdsV2(JsonNode template) {
    String name = instance(template).at("/LaunchTemplate/LaunchTemplateId/Ref").asText("?");
    return template
        .at("/Resources/" + name + "/Properties/LaunchTemplateData/MetadataOptions/HttpTokens")
        .asText()
        .equals("required");
  }

  private static boolean groupsEveryParameter(JsonNode template) {
    JsonNode layout = template.at("/Metadata/AWS::CloudFormation::Interface");
    Set<String> grouped = new TreeSet<>();
    layout
        .path("ParameterGroups")
        .forEach(group -> group.path("Parameters").forEach(name -> grouped.add(name.asText())));
    Set<String> names = new TreeSet<>();
    template.path("Parameters").properties().forEach(each -> names.add(each.getKey()));
    Set<String> labelled = new TreeSet<>();
    layout.path("ParameterLabels").properties().forEach(each -> labelled.add(each.getKey()));
    return grouped.equals(names) && labelled.equals(names);
  }

  private static boolean sizesTheRootAsTheImage(JsonNode template) {
    JsonNode device = instance(template).path("BlockDeviceMappings");
    JsonNode size = template.at("/Parameters/VolumeSize");
    return device.size() == 1
        && device.at("/0/DeviceName").asText().equals("/dev/sda1")
        && device.at("/0/Ebs/VolumeType").asText().equals("gp3")
        && device.at("/0/Ebs/VolumeSize/Ref").asText().equals("VolumeSize")
        && size.path("Default").asInt() == 30
        && size.path("MinValue").asInt() == 30;
  }
}
