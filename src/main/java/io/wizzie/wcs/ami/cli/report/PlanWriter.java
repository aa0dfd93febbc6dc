package io.wizzie.wcs.ami.cli.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.ec2.Preflight;
import io.wizzie.wcs.ami.ec2.Preflight.Verdict;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.pipeline.BuildPreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a build would do, for people or as one JSON object. */
public final class PlanWriter {
  private static final String UNKNOWN = "(not found, see the problems)";

  private PlanWriter() {}

  /**
   * For people.
   *
   * @param all whether the permissions that are allowed have a line each, too
   * @param page columns to write for
   */
  public static String text(BuildPreview preview, boolean all, int page) {
    BuildSpec spec = preview.spec();
    List<String> lines = new ArrayList<>();
    line(lines, "Region", preview.region());
    line(lines, "Image", preview.imageName() == null ? UNKNOWN : preview.imageName());
    line(lines, "Source image", source(preview.source()));
    line(lines, "Instance type", String.join(", then ", spec.builder().instanceTypes()));
    line(lines, "Subnet", subnets(preview.subnets()));
    line(lines, "Provision", String.join(", ", spec.provision().runList()));
    line(lines, "Bootstrap", String.join(", ", spec.bootstrap().runList()));
    lines.add("");
    lines.add("Would create:");
    resources(preview).forEach(resource -> lines.add("  " + resource));
    lines.add("");
    permissions(lines, preview, all, page);
    if (!preview.problems().isEmpty()) {
      lines.add("");
      lines.add("Problems:");
      preview
          .problems()
          .forEach(problem -> problem.lines().forEach(line -> lines.add("  " + line)));
    }
    return String.join("\n", lines);
  }

  private static void permissions(List<String> lines, BuildPreview preview, boolean all, int page) {
    TextTable table = new TextTable(page, "PERMISSION", "VERDICT", "FOR", "NEEDED BY");
    for (Preflight.Answer answer : preview.permissions()) {
      if (all || answer.verdict() == Verdict.DENIED) {
        String note = answer.note().isEmpty() ? "" : ": " + answer.note();
        String option = answer.permission().option();
        table.row(
            answer.permission().action(),
            text(answer.verdict()) + note,
            answer.permission().purpose(),
            option.isEmpty() ? "every build" : option);
      }
    }
    if (!table.isEmpty()) {
      lines.addAll(table.lines());
      lines.add("");
    }
    String counts =
        preview.permissions().stream()
            .collect(groupingBy(Preflight.Answer::verdict, TreeMap::new, counting()))
            .entrySet()
            .stream()
            .map(each -> each.getValue() + " " + text(each.getKey()))
            .collect(Collectors.joining(", "));
    lines.add(
        "Permissions: "
            + (counts.isEmpty() ? "none needed" : counts)
            + (all ? "." : " (-v lists them)."));
  }

  private static String text(Verdict verdict) {
    return verdict == Verdict.NOT_ASKABLE
        ? "can't be checked beforehand"
        : verdict.name().toLowerCase(Locale.ROOT);
  }

  /**
   * One line on why a build would be refused.
   *
   * @param policy the command that prints the permissions that are needed
   */
  public static String verdict(BuildPreview preview, String policy) {
    List<String> denied =
        preview.permissions().stream()
            .filter(answer -> answer.verdict() == Verdict.DENIED)
            .map(answer -> answer.permission().action())
            .toList();
    List<String> parts = new ArrayList<>();
    if (!preview.problems().isEmpty()) {
      int count = preview.problems().size();
      parts.add(count == 1 ? "1 problem" : count + " problems");
    }
    if (!denied.isEmpty()) {
      parts.add(
          "denied: "
              + String.join(", ", denied)
              + " (all that is needed is printed by: "
              + policy
              + ")");
    }
    return String.join("; ", parts) + ". Nothing was created.";
  }

  /**
   * For programs: {@code exitCode}, {@code good}, {@code region}, {@code imageName}, {@code
   * sourceImage}, {@code instanceTypes}, {@code subnets} in order, {@code sourceCidrs}, {@code
   * provision} and {@code bootstrap} (run lists), {@code resources} in words, {@code permissions}
   * (each {@code action}, {@code verdict}: allowed, denied or not askable, {@code note}, {@code
   * purpose}, {@code option}), {@code problems}. What was not found is null.
   */
  public static ObjectNode json(BuildPreview preview, int exitCode) {
    BuildSpec spec = preview.spec();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("exitCode", exitCode);
    document.put("good", preview.good());
    document.put("region", preview.region());
    document.put("imageName", preview.imageName());
    SourceImage source = preview.source();
    if (source == null) {
      document.putNull("sourceImage");
    } else {
      document
          .putObject("sourceImage")
          .put("imageId", source.imageId())
          .put("name", source.name())
          .put("ownerId", source.ownerId());
    }
    texts(document.putArray("instanceTypes"), spec.builder().instanceTypes());
    ArrayNode subnets = document.putArray("subnets");
    for (BuilderSubnet subnet : preview.subnets()) {
      subnets
          .addObject()
          .put("subnetId", subnet.subnetId())
          .put("vpcId", subnet.vpcId())
          .put("availabilityZone", subnet.availabilityZone());
    }
    texts(document.putArray("sourceCidrs"), preview.sourceCidrs());
    texts(document.putArray("provision"), spec.provision().runList());
    texts(document.putArray("bootstrap"), spec.bootstrap().runList());
    texts(document.putArray("resources"), resources(preview));
    ArrayNode permissions = document.putArray("permissions");
    for (Preflight.Answer answer : preview.permissions()) {
      permissions
          .addObject()
          .put("action", answer.permission().action())
          .put("verdict", word(answer.verdict()))
          .put("note", answer.note())
          .put("purpose", answer.permission().purpose())
          .put("option", answer.permission().option());
    }
    texts(document.putArray("problems"), preview.problems());
    return document;
  }

  private static List<String> resources(BuildPreview preview) {
    BuildSpec spec = preview.spec();
    BuilderSpec builder = spec.builder();
    List<String> resources = new ArrayList<>();
    if (spec.ssh().keyName() == null) {
      resources.add("key pair, for the build only");
    }
    if (builder.securityGroupIds().isEmpty()) {
      String admitted =
          preview.sourceCidrs().isEmpty()
              ? "this machine"
              : String.join(", ", preview.sourceCidrs());
      resources.add("security group, for the build only, that admits " + admitted);
    }
    resources.add(
        "instance "
            + builder.instanceTypes().get(0)
            + " with "
            + builder.rootVolume().sizeGib()
            + " GiB "
            + builder.rootVolume().volumeType()
            + ", for the build only, "
            + DurationText.running(builder.lifetime())
            + " at most");
    resources.add("image" + (preview.imageName() == null ? "" : " " + preview.imageName()));
    resources.add(
        "snapshot of up to " + builder.rootVolume().sizeGib() + " GiB, which stays with the image");
    return resources;
  }

  private static String source(@Nullable SourceImage source) {
    return source == null ? UNKNOWN : source.imageId() + " (" + source.name() + ")";
  }

  private static String subnets(List<BuilderSubnet> subnets) {
    return subnets.isEmpty()
        ? UNKNOWN
        : subnets.stream()
                .map(subnet -> subnet.subnetId() + " (" + subnet.availabilityZone() + ")")
                .collect(Collectors.joining(", then "))
            + " of "
            + subnets.get(0).vpcId();
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static void line(List<String> lines, String name, String value) {
    lines.add(String.format("%-15s%s", name + ":", value));
  }
}
