package io.wizzie.wcs.ami.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit of the image. */
public record AuditSpec(
    @Field(
            "Findings of the audit that are meant to be so. They show in the manifest, with their"
                + " reasons.")
        List<Waiver> waivers) {
  public AuditSpec {
    waivers = List.copyOf(waivers);
  }

  /** A finding that is accepted. */
  public record Waiver(
      @Field(
              value = "ID of the check whose findings are accepted. Required.",
              form = TextForm.CHECK_ID)
          String check,
      @Field(
              value =
                  "Which ones: the path that the finding names, with `*` and `**` for any part of"
                      + " it. Without it all of the check.",
              form = TextForm.FINDING_PATH)
          @Nullable String path,
      @Field(value = "Why, for those who ask later. Required.", form = TextForm.REASON)
          String reason) {}
}
