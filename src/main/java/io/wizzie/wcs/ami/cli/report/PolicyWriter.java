package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions.Permission;
import java.util.List;

/** Writes permissions as an IAM policy, or as a table with their reasons. */
public final class PolicyWriter {
  private static final String PASS_ROLE = "iam:PassRole";

  private PolicyWriter() {}

  /** The policy document. */
  public static ObjectNode json(List<Permission> permissions) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("Version", "2012-10-17");
    ArrayNode statements = document.putArray("Statement");
    ObjectNode ec2 = statements.addObject().put("Sid", "BuildImages").put("Effect", "Allow");
    ArrayNode actions = ec2.putArray("Action");
    permissions.stream()
        .map(Permission::action)
        .filter(action -> !action.equals(PASS_ROLE))
        .forEach(actions::add);
    ec2.put("Resource", "*");
    if (permissions.stream().anyMatch(permission -> permission.action().equals(PASS_ROLE))) {
      ObjectNode pass =
          statements.addObject().put("Sid", "PassTheBuildersRole").put("Effect", "Allow");
      pass.putArray("Action").add(PASS_ROLE);
      // Which role the profile has, only IAM knows; that it goes to nothing but EC2 can be said.
      pass.put("Resource", "*");
      pass.putObject("Condition")
          .putObject("StringEquals")
          .put("iam:PassedToService", "ec2.amazonaws.com");
    }
    return document;
  }

  /** A table: what each action is for, and which option needs it. */
  public static String text(List<Permission> permissions, int page) {
    TextTable table = new TextTable(page, "ACTION", "FOR", "NEEDED BY");
    for (Permission permission : permissions) {
      String option = permission.option().isEmpty() ? "every build" : permission.option();
      table.row(permission.action(), permission.purpose(), option);
    }
    return String.join("\n", table.lines());
  }
}
