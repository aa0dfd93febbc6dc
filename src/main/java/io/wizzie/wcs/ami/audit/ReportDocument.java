package io.wizzie.wcs.ami.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A report as one JSON object.
 *
 * <ul>
 *   <li>{@code passed}; {@code summary}
 *   <li>{@code checks}: each {@code check}, {@code rule}, {@code looked}, {@code unasked} (null
 *       when the check was made)
 *   <li>{@code findings}: each {@code check}, {@code severity} (error, warning, note), {@code
 *       path}, {@code line}, {@code message}, {@code remedy}, {@code waived} (the reason; null when
 *       not)
 * </ul>
 */
public final class ReportDocument {
  private ReportDocument() {}

  public static ObjectNode of(AuditReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("passed", report.passed());
    document.put("summary", report.summary());
    ArrayNode checks = document.putArray("checks");
    for (Examined each : report.examined()) {
      checks
          .addObject()
          .put("check", each.check().id())
          .put("rule", each.check().rule())
          .put("looked", each.looked())
          .put("unasked", each.unasked());
    }
    ArrayNode findings = document.putArray("findings");
    for (Finding each : report.findings()) {
      ObjectNode node =
          findings
              .addObject()
              .put("check", each.check().id())
              .put("severity", each.severity().word())
              .put("path", each.path());
      if (each.line() == 0) {
        node.putNull("line");
      } else {
        node.put("line", each.line());
      }
      node.put("message", each.message())
          .put("remedy", each.check().remedy())
          .put("waived", each.waivedBecause());
    }
    return document;
  }
}
