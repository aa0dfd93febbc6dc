package io.wizzie.wcs.ami.pipeline.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.ReportDocument;
import io.wizzie.wcs.ami.verify.SmokeResult;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/**
 * A verification as a JSON object: in the manifest, and what {@code verify --output json} prints.
 *
 * <p>Fields:
 *
 * <ul>
 *   <li>{@code imageId}
 *   <li>{@code instances}: each {@code name} ({@code plain}, {@code user-data}), {@code
 *       instanceId}, {@code firstBootSeconds}, {@code log} (file of the bootstrap's log; in the
 *       manifest its name in the build's folder), {@code checks}: each {@code check}, {@code
 *       inside} (what was seen), {@code outside} ({@code passed}, {@code not_reachable}, {@code
 *       not_asked}), {@code outsideSaid}
 *   <li>{@code audit} of the plain instance, as {@link ReportDocument} says; null unless a build
 *       has verified its image
 * </ul>
 */
public final class VerificationDocument {
  private VerificationDocument() {}

  public static ObjectNode of(Verification verification) {
    return of(verification, Path::toString);
  }

  /** As a part of the manifest, whose files are all told by their names in the build's folder. */
  static ObjectNode inManifest(Verification verification) {
    return of(verification, log -> String.valueOf(log.getFileName()));
  }

  private static ObjectNode of(Verification verification, Function<Path, String> logs) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("imageId", verification.imageId());
    ArrayNode instances = root.putArray("instances");
    for (Verification.Trial trial : verification.trials()) {
      ObjectNode one = instances.addObject();
      one.put("name", trial.name());
      one.put("instanceId", trial.instanceId());
      one.put("firstBootSeconds", trial.firstBoot().toMillis() / 1000.0);
      one.put("log", logs.apply(trial.log()));
      ArrayNode checks = one.putArray("checks");
      for (SmokeResult result : trial.checks()) {
        checks
            .addObject()
            .put("check", result.check())
            .put("inside", result.insideSaid())
            .put("outside", result.outside().name().toLowerCase(Locale.ROOT))
            .put("outsideSaid", result.outsideSaid());
      }
    }
    AuditReport audit = verification.audit();
    root.set("audit", audit == null ? null : ReportDocument.of(audit));
    return root;
  }
}
