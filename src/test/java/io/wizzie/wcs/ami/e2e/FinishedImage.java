package io.wizzie.wcs.ami.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of an image that the small build made with the recipe {@code trial::counts}. */
final class FinishedImage {
  private FinishedImage() {}

  /** What is wrong with it. */
  static List<String> problems(String imageId) {
    String image =
        podman("images", "--quiet", "--filter", "label=io.wizzie.wcs-ami.image=" + imageId);
    if (image.isEmpty()) {
      return List.of("there is no image " + imageId);
    }
    Path root = Path.of(podman("image", "mount", image));
    try {
      return problems(root);
    } finally {
      podman("image", "unmount", image);
    }
  }

  private static List<String> problems(Path root) {
    List<String> found = new ArrayList<>();
    Path counts = root.resolve("opt/trial-counts");
    long begun = Files.exists(counts) ? Workplace.read(counts).lines().count() : 0;
    if (begun != 1) {
      found.add("chef-solo was started " + begun + " times");
    }
    for (String wanted :
        List.of(
            "etc/trial",
            "usr/local/etc/wcs/ami/bin/put-hook-back",
            "usr/local/etc/wcs/ami/bootstrap-cookbooks/trialboot/recipes/default.rb",
            "var/lib/cloud/scripts/per-instance/wcs-bootstrap")) {
      if (!Files.exists(root.resolve(wanted))) {
        found.add("the image lacks /" + wanted);
      }
    }
    String[] rests = root.resolve("root").toFile().list((folder, name) -> name.startsWith(".wcs"));
    if (rests == null || rests.length > 0) {
      found.add("the image still has the staging folder");
    }
    return found;
  }

  private static String podman(String... arguments) {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(arguments));
    return Running.run(command).requireSuccess().stdout().strip();
  }
}
