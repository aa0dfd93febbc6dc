package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/**
 * Instance types and the architecture that their names tell. EC2 itself could be asked only with
 * DescribeInstanceTypes, which the policy does not allow.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html">EC2's
 *     naming conventions</a>
 */
public final class InstanceTypes {
  private static final Pattern GRAVITON = Pattern.compile("a1|[a-z]+[0-9]+g[a-z]*");
  private static final Pattern MAC = Pattern.compile("mac.*");
  private static final Set<String> JUDGED = Set.of("x86_64", "arm64");

  private InstanceTypes() {}

  /**
   * Checks that the image runs on each of the types. A family that this version does not know is
   * not judged: EC2 does that when it launches.
   *
   * @param field of the configuration that names the types
   * @throws BuildException category CONFIGURATION, naming those of another architecture
   */
  public static void requireFor(SourceImage image, List<String> types, String field) {
    if (!JUDGED.contains(image.architecture())) {
      return;
    }
    List<String> others =
        types.stream()
            .filter(InstanceTypes::isKnown)
            .filter(type -> !architecture(type).equals(image.architecture()))
            .toList();
    if (!others.isEmpty()) {
      throw Category.CONFIGURATION.failure(
          field
              + ": "
              + others.stream()
                  .map(type -> type + " (" + architecture(type) + ")")
                  .collect(Collectors.joining(", "))
              + " can't run image "
              + image.imageId()
              + ", which is for "
              + image.architecture()
              + ". Name types of that architecture, or choose an image for the other.");
    }
  }

  private static boolean isKnown(String type) {
    String family = family(type);
    return !MAC.matcher(family).matches()
        && InstanceType.knownValues().stream()
            .anyMatch(known -> family(known.toString()).equals(family));
  }

  private static String architecture(String type) {
    return GRAVITON.matcher(family(type)).matches() ? "arm64" : "x86_64";
  }

  private static String family(String type) {
    return type.replaceFirst("\\..*", "");
  }
}
