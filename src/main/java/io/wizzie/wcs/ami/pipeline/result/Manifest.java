package io.wizzie.wcs.ami.pipeline.result;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.audit.ReportDocument;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.pipeline.result.BuildResult.StageTiming;
import io.wizzie.wcs.ami.publish.StackTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The build's result as one JSON object: the manifest file, and what {@code --output json} prints.
 *
 * <p>Fields, all always there:
 *
 * <ul>
 *   <li>{@code manifestVersion}: 1; grows when a field changes its meaning
 *   <li>{@code buildId}, {@code imageId}, {@code imageName}, {@code snapshotIds}, {@code region},
 *       {@code version} (of the product in the image)
 *   <li>{@code sourceImage}: {@code imageId}, {@code name}, {@code architecture}, {@code ownerId}
 *   <li>{@code builder}: {@code instanceType}
 *   <li>{@code rootVolume}: {@code deviceName}, {@code volumeSize} (GiB), {@code volumeType}
 *   <li>{@code loginUser}: who may log in with the launch key
 *   <li>{@code guestSystem}: {@code id}, {@code versionId}, {@code prettyName}, of os-release
 *   <li>{@code chef}: {@code product}, {@code version}, {@code standIn} (true: it was not Chef)
 *   <li>{@code provision}: {@code environment} (may be null), {@code runList}, {@code attributes}
 *   <li>{@code bootstrap}: {@code runList}, {@code attributes}; of both phases' attributes those
 *       that look secret are {@value RedactedAttributes#REDACTED}
 *   <li>{@code bundle}: {@code sha256}, of all that went into the guest: cookbooks, roles, data
 *       bags, environments, settings
 *   <li>{@code cookbooks}: each {@code phase}, {@code name}, {@code version}, {@code files}, {@code
 *       sha256}
 *   <li>{@code inventory}: {@code file} (CycloneDX, in the build's folder), the counts {@code
 *       packages}, {@code containerImages} and {@code gems}, {@code kernels} (versions in the
 *       image), {@code builderKernel}, {@code complete} (false: Docker did not tell its images)
 *   <li>{@code template}: {@code json}, a file in the build's folder
 *   <li>{@code cleaned}: what was found in the guest and removed before imaging
 *   <li>{@code audit}: as {@link ReportDocument} says; waived findings have their reason
 *   <li>{@code verification}: as {@link VerificationDocument} says; null when none was asked for
 *   <li>{@code toolVersion}, {@code startedAt}, {@code finishedAt} (ISO, UTC), {@code seconds}
 *   <li>{@code stages}: each {@code name}, {@code startedAt}, {@code seconds}; they may overlap
 *   <li>{@code leftovers}: each {@code region}, {@code kind}, {@code id}, {@code reason}, {@code
 *       removal}; empty when all is removed
 * </ul>
 */
public final class Manifest {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private Manifest() {}

  /**
   * The object as text, with a line end.
   *
   * @param mask takes the secrets out that a guest may have put into its answers
   */
  public static String json(BuildResult result, SecretMask mask) {
    return mask.json(of(result)).toPrettyString() + "\n";
  }

  /**
   * Writes the file in one step: a reader sees the old one or the whole new one.
   *
   * @throws BuildException category HOST when it can't be written
   */
  public static void write(BuildResult result, SecretMask mask, Path file) {
    Path whole = file.toAbsolutePath();
    PrivateFiles.require(
        "The manifest " + whole + " can't be written", () -> writeWhole(result, mask, whole));
  }

  private static Path writeWhole(BuildResult result, SecretMask mask, Path whole)
      throws IOException {
    Files.createDirectories(whole.getParent());
    if (Files.exists(whole) && !Files.isRegularFile(whole)) {
      // A device or a pipe is written to, never replaced.
      return Files.writeString(whole, json(result, mask));
    }
    Path target = Files.exists(whole) ? whole.toRealPath() : whole;
    // The name of its own is for builds that are told to write the same file.
    Path part = target.resolveSibling(target.getFileName() + "." + result.buildId() + ".part");
    PrivateFiles.replace(target, part, json(result, mask).getBytes(StandardCharsets.UTF_8));
    return target;
  }

  /** The object, in which secrets of the guest's may stand. */
  public static ObjectNode of(BuildResult result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("manifestVersion", VERSION);
    root.put("buildId", result.buildId().value());
    root.put("imageId", result.imageId());
    root.put("imageName", result.imageName());
    result.snapshotIds().forEach(root.putArray("snapshotIds")::add);
    root.put("region", result.region());
    root.put("version", result.spec().version());
    root.putObject("sourceImage")
        .put("imageId", result.sourceImage().imageId())
        .put("name", result.sourceImage().name())
        .put("architecture", result.sourceImage().architecture())
        .put("ownerId", result.sourceImage().ownerId());
    root.putObject("builder").put("instanceType", result.instanceType());
    root.putObject("rootVolume")
        .put("deviceName", result.sourceImage().rootDeviceName())
        .put("volumeSize", result.spec().builder().rootVolume().sizeGib())
        .put("volumeType", result.spec().builder().rootVolume().volumeType());
    root.put("loginUser", result.spec().ssh().user());
    root.set("guestSystem", JSON.valueToTree(result.guestSystem()));
    root.putObject("chef")
        .put("product", result.chef().product())
        .put("version", result.chef().version())
        .put("standIn", result.chef().standIn());
    addPhases(root, result.spec());
    root.putObject("bundle").put("sha256", result.bundle().sha256());
    root.set("cookbooks", JSON.valueToTree(result.bundle().cookbooks()));
    addInventory(root.putObject("inventory"), result.inventory());
    root.putObject("template").put("json", StackTemplate.FILE);
    result.cleaned().forEach(root.putArray("cleaned")::add);
    root.set("audit", ReportDocument.of(result.audit()));
    Verification verification = result.verification();
    root.set(
        "verification",
        verification == null ? null : VerificationDocument.inManifest(verification));
    root.put("toolVersion", result.toolVersion());
    root.put("startedAt", result.buildId().startedAt().toString());
    root.put("finishedAt", result.finishedAt().toString());
    root.put(
        "seconds", seconds(Duration.between(result.buildId().startedAt(), result.finishedAt())));
    ArrayNode stages = root.putArray("stages");
    for (StageTiming stage : result.stages()) {
      ObjectNode one = stages.addObject().put("name", stage.name());
      one.put("startedAt", stage.startedAt().toString()).put("seconds", seconds(stage.elapsed()));
    }
    Leftover.write(result.leftovers(), root.putArray("leftovers"));
    return root;
  }

  private static void addPhases(ObjectNode root, BuildSpec spec) {
    ObjectNode provision = root.putObject("provision");
    provision.put("environment", spec.provision().environment());
    spec.provision().runList().forEach(provision.putArray("runList")::add);
    provision.set("attributes", RedactedAttributes.of(spec.provision().attributes()));
    ObjectNode bootstrap = root.putObject("bootstrap");
    spec.bootstrap().runList().forEach(bootstrap.putArray("runList")::add);
    bootstrap.set("attributes", RedactedAttributes.of(spec.bootstrap().attributes()));
  }

  private static void addInventory(ObjectNode node, Inventory inventory) {
    node.put("file", Inventory.FILE);
    node.put("packages", inventory.packages().size());
    node.put("containerImages", inventory.containerImages().size());
    node.put("gems", inventory.gems().size());
    inventory.kernels().forEach(node.putArray("kernels")::add);
    node.put("builderKernel", inventory.runningKernel());
    node.put("complete", inventory.complete());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
