package io.wizzie.wcs.ami.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The regions that there are, as far as this version knows: AWS opens some every year, so a name of
 * the right form that is not among them may pass.
 */
public final class RegionNames {
  /** As the AWS SDK lists them; a test compares the two. */
  static final List<String> KNOWN =
      List.of(
          """
              af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1
              ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5
              ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1
              eu-central-1 eu-central-2 eu-isoe-west-1 eu-north-1 eu-south-1 eu-south-2 eu-west-1
              eu-west-2 eu-west-3 eusc-de-east-1 il-central-1 me-central-1 me-south-1 mx-central-1
              sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-iso-east-1 us-iso-west-1
              us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1 us-west-1 us-west-2
              """
              .strip()
              .split("\\s+"));

  /** The name of the region that runs on this machine, and of its overrides. */
  public static final String LOCAL = "local";

  static final String FORM = LOCAL + "|[a-z]{2,4}(?:-[a-z]{2,12}){1,2}-[0-9]{1,2}";

  private static final Pattern WELL_FORMED = Pattern.compile(FORM);

  private RegionNames() {}

  /** What is wrong with the name, to follow it in a message; null when it may be a region. */
  public static @Nullable String problemWith(String name) {
    return WELL_FORMED.matcher(name).matches()
        ? null
        : "is not a region" + nearest(name, "; write an AWS region such as us-east-1, or local.");
  }

  /** A warning, to follow a name that may be a region; null when the region is known. */
  public static @Nullable String warningAbout(String name) {
    return name.equals(LOCAL) || KNOWN.contains(name)
        ? null
        : "is no AWS region that this version knows"
            + nearest(name, "; go on if AWS has opened it since.");
  }

  private static String nearest(String name, String otherwise) {
    return NearestName.of(name, KNOWN).map(NearestName::question).orElse(otherwise);
  }
}
