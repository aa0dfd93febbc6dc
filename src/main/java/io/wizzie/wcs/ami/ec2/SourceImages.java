package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.SourceImageSpec;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import io.wizzie.wcs.ami.ec2.client.Ec2Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;

/** Finds the image that the builder is launched from. */
public record SourceImages(Ec2Client client) {
  private static final int SHOWN_MATCHES = 5;
  private static final String MALFORMED = "InvalidAMIID.Malformed";

  /**
   * Finds exactly one image, fit to build from: available, EBS-backed, HVM, with a root volume that
   * is not encrypted.
   *
   * @throws BuildException category CONFIGURATION when none, too many or an unfit one is found
   */
  public SourceImage resolve(SourceImageSpec spec) {
    String imageId = spec.imageId();
    Image image =
        imageId == null
            ? newest(spec)
            : byId(imageId, "Source image " + imageId, "sourceImage.imageId");
    return fit(image, "Source image", "built from", " Choose another with sourceImage.");
  }

  /**
   * An image by its ID, fit to launch a trial instance of.
   *
   * @throws BuildException category CONFIGURATION when it is not there or unfit
   */
  public SourceImage named(String imageId) {
    return fit(byId(imageId), "Image", "tried out", "");
  }

  private static SourceImage fit(Image image, String what, String purpose, String remedy) {
    List<String> faults = faults(image);
    if (!faults.isEmpty()) {
      throw Category.CONFIGURATION.failure(
          "%s %s (%s) can't be %s: %s.%s"
              .formatted(
                  what, image.imageId(), image.name(), purpose, String.join("; ", faults), remedy));
    }
    return sourceImage(image);
  }

  /**
   * An image by its ID, fit to build from or not.
   *
   * @throws BuildException category CONFIGURATION when it is not there
   */
  public SourceImage describe(String imageId) {
    return sourceImage(byId(imageId));
  }

  private Image byId(String imageId) {
    return byId(imageId, "Image " + imageId, "the ID and the region");
  }

  /**
   * An image by its ID.
   *
   * @param what it is called in messages
   * @param where a person looks when it is unknown
   */
  private Image byId(String imageId, String what, String where) {
    List<Image> images;
    try {
      images = describe(request -> request.imageIds(imageId).includeDeprecated(true));
    } catch (Ec2CallException refused) {
      // InvalidAMIID.NotFound: as wrong a configuration as filters that match nothing.
      throw refused.isNotFound() || refused.code().equals(MALFORMED)
          ? unknown(what, where, refused)
          : refused;
    }
    if (images.isEmpty()) {
      throw unknown(what, where, null);
    }
    return images.get(0);
  }

  private static BuildException unknown(String what, String where, @Nullable Throwable cause) {
    return Category.CONFIGURATION.failure(
        what
            + " does not exist, or these credentials may not use it. Check "
            + where
            + ": image IDs differ from region to region.",
        cause);
  }

  private Image newest(SourceImageSpec spec) {
    List<Image> images = new ArrayList<>(search(spec, spec.includeDeprecated()));
    if (images.isEmpty()) {
      throw noMatch(spec);
    }
    images.sort(Comparator.comparing((Image image) -> Ec2Times.parse(image.creationDate())));
    if (images.size() > 1 && !spec.mostRecent()) {
      String some =
          images.stream()
              .limit(SHOWN_MATCHES)
              .map(image -> image.imageId() + " " + image.name())
              .collect(Collectors.joining(", "));
      throw Category.CONFIGURATION.failure(
          images.size()
              + " images match sourceImage ("
              + some
              + (images.size() > SHOWN_MATCHES ? ", …" : "")
              + "). Narrow its filters, or set sourceImage.mostRecent to true.");
    }
    return images.get(images.size() - 1);
  }

  private BuildException noMatch(SourceImageSpec spec) {
    String message =
        "No image of "
            + (spec.owners().isEmpty() ? "any owner" : String.join(", ", spec.owners()))
            + " matches sourceImage.filters ("
            + Filters.describe(spec.filters())
            + ") in this region.";
    // Only asked now: an image that was deprecated last week is the usual cause.
    boolean deprecated = !spec.includeDeprecated() && !search(spec, true).isEmpty();
    return Category.CONFIGURATION.failure(
        message
            + (deprecated
                ? " Deprecated ones do: take a newer system, or set sourceImage.includeDeprecated."
                : " Check the owners, the name's wildcards and the region."));
  }

  private List<Image> search(SourceImageSpec spec, boolean includeDeprecated) {
    return describe(
        request ->
            request
                .owners(spec.owners())
                .filters(Filters.of(spec.filters()))
                .includeDeprecated(includeDeprecated));
  }

  private List<Image> describe(Consumer<DescribeImagesRequest.Builder> request) {
    return Ec2Calls.call(
        "DescribeImages",
        "Finding the source image",
        () -> client.describeImagesPaginator(request).images().stream().toList());
  }

  private static List<String> faults(Image image) {
    List<String> faults = new ArrayList<>();
    if (!"available".equals(image.stateAsString())) {
      faults.add("it is " + image.stateAsString() + ", not available");
    }
    if (!"ebs".equals(image.rootDeviceTypeAsString())) {
      faults.add("its root device is not EBS but " + image.rootDeviceTypeAsString());
    }
    if (!"hvm".equals(image.virtualizationTypeAsString())) {
      faults.add("its virtualization is not hvm but " + image.virtualizationTypeAsString());
    }
    if (image.rootDeviceName() == null || image.rootDeviceName().isEmpty()) {
      faults.add("it has no root device");
    }
    if ("windows".equalsIgnoreCase(image.platformAsString())) {
      faults.add("it is Windows");
    }
    EbsBlockDevice root = Images.rootVolume(image);
    if (root != null && Boolean.TRUE.equals(root.encrypted())) {
      faults.add("its root snapshot is encrypted, and so would be the image's");
    }
    return faults;
  }

  private static SourceImage sourceImage(Image image) {
    EbsBlockDevice root = Images.rootVolume(image);
    return new SourceImage(
        image.imageId(),
        image.name() == null ? "" : image.name(),
        image.ownerId() == null ? "" : image.ownerId(),
        image.architectureAsString(),
        image.rootDeviceName(),
        root == null || root.volumeSize() == null ? 0 : root.volumeSize(),
        image.blockDeviceMappings().stream()
            .filter(device -> device.ebs() != null)
            .map(BlockDeviceMapping::deviceName)
            .filter(name -> !name.equals(image.rootDeviceName()))
            .toList(),
        image.deprecationTime());
  }
}
