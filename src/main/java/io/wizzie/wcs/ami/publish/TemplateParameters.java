package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is asked of whoever launches the stack, and how the console lays it out. */
final class TemplateParameters {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** An octet of an IPv4 address. */
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

  /** IPv4 in CIDR notation, from /1: Kafka and Druid ask nobody for a password. */
  private static final String CIDR =
      "^(" + OCTET + "\\.){3}" + OCTET + "/([1-9]|[12][0-9]|3[0-2])$";

  /** WCS wants 4 CPUs and 16 GB; the first is the default. All are in every larger region. */
  private static final List<String> INTEL =
      List.of(
          "m5.xlarge",
          "m5.2xlarge",
          "m5.4xlarge",
          "m6i.xlarge",
          "m6i.2xlarge",
          "m6i.4xlarge",
          "t3.xlarge",
          "t3.2xlarge");

  private static final List<String> ARM =
      List.of(
          "m6g.xlarge",
          "m6g.2xlarge",
          "m6g.4xlarge",
          "m7g.xlarge",
          "m7g.2xlarge",
          "m7g.4xlarge",
          "t4g.xlarge",
          "t4g.2xlarge");

  private static final int LARGEST_GP3_GIB = 16_384;

  private static final Map<String, List<String>> GROUPS = groups();
  private static final Map<String, String> LABELS = labels();

  private TemplateParameters() {}

  static ObjectNode of(LaunchableImage image) {
    ObjectNode parameters = NODES.objectNode();
    add(parameters, "VpcId", "AWS::EC2::VPC::Id", "VPC to launch in.");
    add(parameters, "SubnetId", "AWS::EC2::Subnet::Id", "Subnet of that VPC, in any zone.");
    add(
            parameters,
            "AssociatePublicIpAddress",
            "String",
            "Whether the instance gets a public address. Data that comes from outside the VPC needs"
                + " one.")
        .put("Default", "true")
        .putArray("AllowedValues")
        .add("true")
        .add("false");
    cidr(parameters, "SshCidr", "Who may log in with SSH");
    cidr(parameters, "WcsCidr", "Who may use WCS: WizzVis, Kafka and Druid, which ask no password");
    List<String> types = image.architecture().equals("arm64") ? ARM : INTEL;
    ArrayNode allowed =
        add(parameters, "InstanceType", "String", "WCS wants 4 CPUs and 16 GB of memory.")
            .put("Default", types.get(0))
            .putArray("AllowedValues");
    types.forEach(allowed::add);
    add(parameters, "VolumeSize", "Number", "Size of the root volume in GiB.")
        .put("Default", image.rootSizeGib())
        .put("MinValue", image.rootSizeGib())
        .put("MaxValue", LARGEST_GP3_GIB);
    add(
        parameters,
        "KeyName",
        "AWS::EC2::KeyPair::KeyName",
        "Key pair whose public key may log in as " + image.loginUser() + ".");
    return parameters;
  }

  /** Found out before anything is created: EC2 would refuse the group only at the launch. */
  static ObjectNode rules() {
    ObjectNode rules = NODES.objectNode();
    ObjectNode assertion = rules.putObject("SubnetIsInVpc").putArray("Assertions").addObject();
    ArrayNode operands = assertion.putObject("Assert").putArray("Fn::EachMemberIn");
    operands.addObject().putArray("Fn::ValueOfAll").add("AWS::EC2::Subnet::Id").add("VpcId");
    operands.addObject().put("Fn::RefAll", "AWS::EC2::VPC::Id");
    assertion.put("AssertDescription", "The subnet must be one of the VPC.");
    return rules;
  }

  /** Groups and labels of the console's form. */
  static ObjectNode consoleLayout() {
    ObjectNode metadata = NODES.objectNode();
    ObjectNode layout = metadata.putObject("AWS::CloudFormation::Interface");
    ArrayNode groups = layout.putArray("ParameterGroups");
    GROUPS.forEach(
        (label, names) -> {
          ObjectNode group = groups.addObject();
          group.putObject("Label").put("default", label);
          names.forEach(group.putArray("Parameters")::add);
        });
    ObjectNode labels = layout.putObject("ParameterLabels");
    LABELS.forEach((name, label) -> labels.putObject(name).put("default", label));
    return metadata;
  }

  private static ObjectNode add(
      ObjectNode parameters, String name, String type, String description) {
    return parameters.putObject(name).put("Type", type).put("Description", description);
  }

  private static void cidr(ObjectNode parameters, String name, String who) {
    add(parameters, name, "String", who + ", as an IPv4 range such as 203.0.113.0/24.")
        .put("AllowedPattern", CIDR)
        .put("MinLength", 9)
        .put("MaxLength", 18)
        .put(
            "ConstraintDescription",
            "must be an IPv4 range in CIDR notation, such as 203.0.113.25/32, and not the whole"
                + " internet");
  }

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Network", List.of("VpcId", "SubnetId", "AssociatePublicIpAddress"));
    groups.put("Access", List.of("WcsCidr", "SshCidr", "KeyName"));
    groups.put("Instance", List.of("InstanceType", "VolumeSize"));
    return groups;
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("VpcId", "VPC");
    labels.put("SubnetId", "Subnet");
    labels.put("AssociatePublicIpAddress", "Public address");
    labels.put("WcsCidr", "Who may use WCS");
    labels.put("SshCidr", "Who may log in with SSH");
    labels.put("KeyName", "Key pair");
    labels.put("InstanceType", "Instance type");
    labels.put("VolumeSize", "Root volume in GiB");
    return labels;
  }
}
