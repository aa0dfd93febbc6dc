package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedResource;
import io.wizzie.wcs.ami.journal.RecordedResource.Fate;

/**
 * Says why a build can't be resumed, and what there is to do instead.
 *
 * @param remedy the command that removes what the build has left
 */
public record ResumeRefusal(String buildId, String remedy) {
  /** The refusal, for a reason that is a clause without a full stop. */
  public BuildException because(String why) {
    return Category.CONFIGURATION.failure(
        "Build "
            + buildId
            + " can't be resumed: "
            + why
            + ". What it has left is removed by: "
            + remedy);
  }

  /** The refusal of a build that came to its end. */
  public BuildException isOver(RecordedBuild build) {
    String image =
        build.resources().stream()
            .filter(each -> each.fate() == Fate.KEPT && each.is(ResourceKind.IMAGE))
            .map(RecordedResource::id)
            .findFirst()
            .orElse("");
    String end =
        image.isEmpty()
            ? "it ended with a failure"
            : "it ended, and its image " + image + " is finished";
    if (build.resources().stream().anyMatch(RecordedResource::isUnaccounted)
        || !build.open().isEmpty()) {
      return because(end);
    }
    return Category.CONFIGURATION.failure(
        "Build "
            + buildId
            + " can't be resumed: "
            + end
            + (image.isEmpty() ? ", and nothing of it is left. Begin a new one." : "."));
  }
}
