package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;

/**
 * Says why a build can't be resumed, and what there is to do instead.
 *
 * @param region that the build was begun in
 */
record Refusal(String buildId, String region) {
  /**
   * The refusal.
   *
   * @param why a clause, without a full stop
   */
  BuildException because(String why) {
    return new BuildException(
        Category.CONFIGURATION,
        "Build "
            + buildId
            + " can't be resumed: "
            + why
            + ". What it has left is removed by: wcs-ami clean --build "
            + buildId
            + " --region "
            + region);
  }
}
