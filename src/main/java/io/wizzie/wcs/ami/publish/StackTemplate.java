package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The CloudFormation template that launches one instance of the image, made to AWS Marketplace's
 * rules: the image by region mapping and only that one, no port open to the world, no default for
 * who may connect, no secret among the parameters, no availability zone.
 */
public final class StackTemplate {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StackTemplate() {}

  /** The template as a tree; {@link TemplateFiles} writes it. */
  public static ObjectNode of(LaunchableImage image) {
    ObjectNode root = NODES.objectNode();
    root.put("AWSTemplateFormatVersion", "2010-09-09");
    root.put(
        "Description",
        "Wizzie Community Stack %s on one instance of the image %s."
            .formatted(image.version(), image.name()));
    root.set("Metadata", TemplateParameters.consoleLayout());
    root.set("Parameters", TemplateParameters.of(image));
    root.set("Rules", TemplateParameters.rules());
    root.set("Mappings", mappings(image));
    root.putObject("Conditions")
        .putObject("HasPublicAddress")
        .putArray("Fn::Equals")
        .add(ref("AssociatePublicIpAddress"))
        .add("true");
    root.set("Resources", resources(image));
    root.set("Outputs", TemplateOutputs.of(image));
    return root;
  }

  static ObjectNode ref(String name) {
    return NODES.objectNode().put("Ref", name);
  }

  static ObjectNode attribute(String resource, String name) {
    ObjectNode node = NODES.objectNode();
    node.putArray("Fn::GetAtt").add(resource).add(name);
    return node;
  }

  private static ObjectNode mappings(LaunchableImage image) {
    ObjectNode mappings = NODES.objectNode();
    ObjectNode regions = mappings.putObject("Images");
    image.imageIds().forEach((region, id) -> regions.putObject(region).put("ImageId", id));
    return mappings;
  }

  private static ObjectNode resources(LaunchableImage image) {
    ObjectNode resources = NODES.objectNode();
    resources.set("SecurityGroup", securityGroup());
    resources.set("MetadataOptions", metadataOptions());
    resources.set("Instance", instance(image));
    return resources;
  }

  private static ObjectNode securityGroup() {
    ObjectNode group = NODES.objectNode().put("Type", "AWS::EC2::SecurityGroup");
    ObjectNode properties = group.putObject("Properties");
    properties.put("GroupDescription", "SSH and the Wizzie Community Stack");
    properties.set("VpcId", ref("VpcId"));
    ArrayNode ingress = properties.putArray("SecurityGroupIngress");
    ingress.add(rule(22, "SshCidr", "SSH"));
    for (WcsPort port : WcsPort.values()) {
      ingress.add(rule(port.number(), "WcsCidr", port.title()));
    }
    name(properties);
    return group;
  }

  private static ObjectNode rule(int port, String cidr, String description) {
    ObjectNode rule = NODES.objectNode().put("IpProtocol", "tcp");
    rule.put("FromPort", port).put("ToPort", port);
    rule.set("CidrIp", ref(cidr));
    return rule.put("Description", description);
  }

  /**
   * IMDSv2 only. CloudFormation gave AWS::EC2::Instance a property for that only lately; a launch
   * template has always had it, so that one carries this and nothing else.
   */
  private static ObjectNode metadataOptions() {
    ObjectNode template = NODES.objectNode().put("Type", "AWS::EC2::LaunchTemplate");
    template
        .putObject("Properties")
        .putObject("LaunchTemplateData")
        .putObject("MetadataOptions")
        .put("HttpEndpoint", "enabled")
        .put("HttpTokens", "required")
        .put("HttpPutResponseHopLimit", 1);
    return template;
  }

  private static ObjectNode instance(LaunchableImage image) {
    ObjectNode instance = NODES.objectNode().put("Type", "AWS::EC2::Instance");
    ObjectNode properties = instance.putObject("Properties");
    properties
        .putObject("ImageId")
        .putArray("Fn::FindInMap")
        .add("Images")
        .add(ref("AWS::Region"))
        .add("ImageId");
    properties.set("InstanceType", ref("InstanceType"));
    properties.set("KeyName", ref("KeyName"));
    ObjectNode template = properties.putObject("LaunchTemplate");
    template.set("LaunchTemplateId", ref("MetadataOptions"));
    template.set("Version", attribute("MetadataOptions", "LatestVersionNumber"));
    ObjectNode face = properties.putArray("NetworkInterfaces").addObject();
    face.put("DeviceIndex", "0");
    face.set("SubnetId", ref("SubnetId"));
    face.set("AssociatePublicIpAddress", ref("AssociatePublicIpAddress"));
    face.putArray("GroupSet").add(ref("SecurityGroup"));
    ObjectNode device = properties.putArray("BlockDeviceMappings").addObject();
    device.put("DeviceName", image.rootDeviceName());
    ObjectNode volume = device.putObject("Ebs").put("VolumeType", "gp3");
    volume.set("VolumeSize", ref("VolumeSize"));
    volume.put("DeleteOnTermination", true);
    // The buyer's own key: the image's snapshot itself must not be encrypted to be sold.
    volume.put("Encrypted", true);
    name(properties);
    return instance;
  }

  private static void name(ObjectNode properties) {
    ObjectNode tag = properties.putArray("Tags").addObject().put("Key", "Name");
    tag.set("Value", ref("AWS::StackName"));
  }
}
