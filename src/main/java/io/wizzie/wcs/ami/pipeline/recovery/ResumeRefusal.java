package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;

/**
 * Says why a build can't be resumed, and what there is to do instead.
 *
 * @param remedy the command that removes what the build has left
 */
public record ResumeRefusal(String buildId, String remedy) {
  /**
   * The refusal of a build that has ended by itself, so that nothing is left to carry on.
   *
   * @param outcome the journal's word
   */
  public BuildException over(String outcome) {
    boolean built = outcome.equals("built");
    return new BuildException(
        Category.CONFIGURATION,
        "Build "
            + buildId
            + " can't be resumed: it "
            + (built ? "is finished, and made its image" : "has ended (" + outcome + ")")
            + ". Leftovers of it, "
            + (built ? "but never the image, " : "if there are any, ")
            + "are removed by: "
            + remedy);
  }

  /**
   * The refusal.
   *
   * @param why a clause, without a full stop
   */
  public BuildException because(String why) {
    return new BuildException(
        Category.CONFIGURATION,
        "Build "
            + buildId
            + " can't be resumed: "
            + why
            + ". What it has left is removed by: "
            + remedy);
  }
}
