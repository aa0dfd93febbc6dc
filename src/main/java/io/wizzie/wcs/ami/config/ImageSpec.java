package io.wizzie.wcs.ami.config;

import java.time.Duration;
import java.util.Map;

/** The image that is made; placeholders are still in its texts. */
public record ImageSpec(
    @Field(
            value =
                "Name, unique in account and region. `{timestamp}` (yyyyMMddHHmmss, UTC), `{version}`"
                    + " and `{build-id}` are filled in, in description and tags too.",
            form = TextForm.NAME_TEMPLATE)
        @Field.Default("wcs-{version}-{build-id}")
        String name,
    @Field(value = "Description.", form = TextForm.DESCRIPTION_TEMPLATE) @Field.Default("")
        String description,
    @Field(
            value = "Tags of the image.",
            names = TextForm.TAG_KEY,
            form = TextForm.TAG_TEMPLATE,
            mostNames = MOST_TAGS)
        Map<String, String> tags,
    @Field(
            value = "Tags of its snapshots.",
            names = TextForm.TAG_KEY,
            form = TextForm.TAG_TEMPLATE,
            mostNames = MOST_TAGS)
        Map<String, String> snapshotTags,
    @Field("Instances of the image answer IMDSv2 only, unless launched otherwise.")
        @Field.Default("true")
        boolean imdsV2Only,
    @Field("How long the image may be pending.") @Field.Default("1h") @Field.Between({"1m", "1d"})
        Duration timeout) {
  /**
   * Tags that one map may have: EC2 allows 50 on a resource, and ten are left to wcs-ami's own.
   *
   * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html">Tags</a>
   */
  public static final int MOST_TAGS = 40;

  public ImageSpec {
    tags = Map.copyOf(tags);
    snapshotTags = Map.copyOf(snapshotTags);
  }
}
