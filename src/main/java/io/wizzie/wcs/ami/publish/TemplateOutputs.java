package io.wizzie.wcs.ami.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the stack tells who launched it: where each service is, and how to log in. */
final class TemplateOutputs {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TemplateOutputs() {}

  static ObjectNode of(LaunchableImage image) {
    ObjectNode outputs = NODES.objectNode();
    for (WcsPort port : WcsPort.values()) {
      add(outputs, port.output(), port.description(), port.at("${Address}"));
    }
    add(outputs, "Ssh", "How to log in", "ssh " + image.loginUser() + "@${Address}");
    outputs
        .putObject("InstanceId")
        .put("Description", "The instance")
        .set("Value", StackTemplate.ref("Instance"));
    return outputs;
  }

  /**
   * The instance's first address: a public one changes when the instance is stopped and started.
   */
  private static void add(ObjectNode outputs, String name, String description, String text) {
    ObjectNode output = outputs.putObject(name).put("Description", description);
    ObjectNode address = NODES.objectNode();
    address
        .putObject("Address")
        .putArray("Fn::If")
        .add("HasPublicAddress")
        .add(StackTemplate.attribute("Instance", "PublicIp"))
        .add(StackTemplate.attribute("Instance", "PrivateIp"));
    output.putObject("Value").putArray("Fn::Sub").add(text).add(address);
  }
}
