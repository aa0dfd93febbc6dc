package io.wizzie.wcs.ami.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which image the builder is launched from: either {@code imageId}, or {@code owners} and {@code
 * filters} in the terms of DescribeImages.
 */
public record SourceImageSpec(
    @Field(
            value = "The image itself. Otherwise `owners` and `filters` find it.",
            form = TextForm.IMAGE_ID)
        @Nullable String imageId,
    @Field(
            value =
                "Whose images are looked at: account IDs, `self`, `amazon`, `aws-marketplace`."
                    + " Required with `filters`: anybody can publish an image by any name.",
            form = TextForm.OWNER)
        List<String> owners,
    @Field(
            value = "Filters of DescribeImages, each with its values.",
            names = TextForm.FILTER_NAME,
            form = TextForm.FILTER_VALUE,
            mostNames = MOST_FILTERS)
        Map<String, List<String>> filters,
    @Field("Take the newest of several matches; otherwise exactly one must match.")
        @Field.Default("false")
        boolean mostRecent,
    @Field("Look at deprecated images too.") @Field.Default("false") boolean includeDeprecated) {
  /** Filters that one call takes. */
  static final int MOST_FILTERS = 50;

  public SourceImageSpec {
    owners = List.copyOf(owners);
    filters = Map.copyOf(filters);
  }
}
