package io.wizzie.wcs.ami.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the local region's status for people. */
public final class LocalStatusWriter {
  private LocalStatusWriter() {}

  public static String table(LocalStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add("State:       " + status.stateFolder());
    lines.add("Engine:      " + or(status.engine(), "none found; install podman or docker"));
    lines.add(
        "Base image:  " + or(status.baseImage(), "not made yet; 'wcs-ami local up' makes it"));
    lines.add("");
    if (status.instances().isEmpty()) {
      lines.add("No instances.");
    } else {
      TextTable instances = new TextTable("INSTANCE", "STATE", "ADDRESS", "IMAGE", "NAME");
      for (LocalStatus.Instance instance : status.instances()) {
        instances.row(
            instance.id(),
            instance.state(),
            or(instance.address(), "-"),
            instance.imageId(),
            instance.name());
      }
      lines.addAll(instances.lines());
    }
    lines.add("");
    if (status.images().isEmpty()) {
      lines.add("No images.");
    } else {
      TextTable images = new TextTable("IMAGE", "STATE", "NAME");
      for (LocalStatus.Image image : status.images()) {
        images.row(image.id(), image.state(), image.name());
      }
      lines.addAll(images.lines());
    }
    return String.join("\n", lines);
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
