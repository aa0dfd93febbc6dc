package io.wizzie.wcs.ami.inventory;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is installed, each list in order and without repetition.
 *
 * @param gems of the Ruby that Chef brings
 * @param kernels versions below /boot; none in a container
 * @param runningKernel the builder's, which need not be in the image
 * @param complete false when Docker is there but did not tell its images
 */
public record Inventory(
    List<DebPackage> packages,
    List<ContainerImage> containerImages,
    List<Gem> gems,
    List<String> kernels,
    String runningKernel,
    boolean complete) {
  /** Name of the file in the build's folder. */
  public static final String FILE = "inventory.cdx.json";

  public Inventory {
    packages = ordered(packages, each -> tabbed(each.name(), each.architecture(), each.version()));
    containerImages =
        ordered(
            containerImages,
            each -> tabbed(each.repository(), each.tag(), each.digest(), each.id()));
    gems = ordered(gems, each -> tabbed(each.name(), each.version(), each.platform()));
    kernels = ordered(kernels, each -> each);
  }

  private static String tabbed(@Nullable String... fields) {
    return String.join("\t", fields);
  }

  private static <T> List<T> ordered(List<T> things, Function<T, String> key) {
    return things.stream().sorted(Comparator.comparing(key)).distinct().toList();
  }

  /** For a line that says what was found. */
  public String summary() {
    return count(packages.size(), "package")
        + ", "
        + count(containerImages.size(), "container image")
        + ", "
        + count(gems.size(), "gem");
  }

  private static String count(int number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /**
   * A package that dpkg has installed.
   *
   * @param source name of its source package, as is {@code sourceVersion} that one's version
   */
  public record DebPackage(
      String name, String version, String architecture, String source, String sourceVersion) {}

  /**
   * A container image in Docker's store.
   *
   * @param repository such as {@code wizzie/kafka}
   * @param tag null for none
   * @param digest of its manifest in the registry; null when it did not come from one
   * @param id digest of its configuration
   */
  public record ContainerImage(
      String repository, @Nullable String tag, @Nullable String digest, String id) {}

  /**
   * A Ruby library.
   *
   * @param platform {@code ruby} unless it is compiled for one
   */
  public record Gem(String name, String version, String platform) {}
}
