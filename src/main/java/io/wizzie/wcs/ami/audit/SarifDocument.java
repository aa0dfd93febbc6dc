package io.wizzie.wcs.ami.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * A report in the form that code-scanning services take.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifDocument {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private SarifDocument() {}

  /**
   * The report as a SARIF log with one run.
   *
   * @param imageId the image that was audited
   */
  public static ObjectNode of(AuditReport report, String imageId, String toolVersion) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = document.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "wcs-ami").put("version", toolVersion);
    ArrayNode rules = driver.putArray("rules");
    for (Check check : Check.values()) {
      rules.add(rule(check));
    }
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", true);
    ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
    for (Examined each : report.unasked()) {
      ObjectNode notification = notifications.addObject().put("level", "warning");
      notification.putObject("associatedRule").put("id", each.check().id());
      notification.putObject("message").put("text", "Not checked: " + each.unasked());
    }
    ArrayNode results = run.putArray("results");
    for (Finding finding : report.findings()) {
      results.add(result(finding, imageId));
    }
    return document;
  }

  private static ObjectNode rule(Check check) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.put("id", check.id());
    rule.putObject("shortDescription").put("text", check.rule());
    rule.putObject("help").put("text", check.remedy());
    rule.putObject("defaultConfiguration").put("level", check.severity().word());
    return rule;
  }

  private static ObjectNode result(Finding finding, String imageId) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("ruleId", finding.check().id());
    result.put("level", finding.severity().word());
    result
        .putObject("message")
        .put("text", (finding.path() == null ? "" : finding.place() + " ") + finding.message());
    ObjectNode location = result.putArray("locations").addObject();
    String path = finding.path();
    if (path != null && path.startsWith("/")) {
      ObjectNode file = location.putObject("physicalLocation");
      file.putObject("artifactLocation").put("uri", uri(path));
      if (finding.line() > 0) {
        file.putObject("region").put("startLine", finding.line());
      }
    }
    location
        .putArray("logicalLocations")
        .addObject()
        .put("fullyQualifiedName", path == null || path.startsWith("/") ? imageId : path)
        .put("kind", "resource");
    if (finding.isWaived()) {
      result
          .putArray("suppressions")
          .addObject()
          .put("kind", "external")
          .put("status", "accepted")
          .put("justification", finding.waivedBecause());
    }
    return result;
  }

  private static String uri(String path) {
    try {
      return new URI("file", "", path, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("An absolute path has a URI: " + path, impossible);
    }
  }
}
