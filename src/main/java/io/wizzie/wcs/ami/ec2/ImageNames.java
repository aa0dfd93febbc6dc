package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.client.AwsCli;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;

/** Image names, which are unique in an account and region. */
public record ImageNames(Ec2Client client, AwsCli cli) {
  // What CreateImage's documentation allows.
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9()\\[\\] ./\\-'@_]{3,128}");

  /**
   * Checks that CreateImage will take the name.
   *
   * @throws BuildException category CONFIGURATION when EC2 does not allow it or it is taken
   */
  public void requireFree(String name) {
    if (!VALID.matcher(name).matches()) {
      throw Category.CONFIGURATION.failure(
          "EC2 does not take the image name \""
              + name
              + "\": 3 to 128 letters, digits, spaces and ()[]./-'@_ are allowed. Change"
              + " image.name.");
    }
    // A disabled or deprecated image keeps its name.
    List<String> taken =
        Ec2Calls.call(
            "DescribeImages",
            "Checking the image name",
            () ->
                Images.everyOwn(client, Filters.of("name", name))
                    // The filter's value is a pattern.
                    .filter(image -> name.equals(image.name()))
                    .map(Image::imageId)
                    .toList());
    if (!taken.isEmpty()) {
      throw Category.CONFIGURATION.failure(
          "The image name \""
              + name
              + "\" is taken by "
              + taken.get(0)
              + ". Put {build-id} into image.name, which no two builds share, or remove that image:"
              + " "
              + cli.remove(new ResourceId(cli.region(), ResourceKind.IMAGE, taken.get(0))));
    }
  }
}
