package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import org.jspecify.annotations.Nullable;

/** Where a killed build stands, of the states from which it can be carried on. */
public sealed interface ResumePoint {
  /** In one line. */
  String describe();

  /** Only the provisioned builder is there, stopped or stopping. */
  record Builder(String instanceId, String state) implements ResumePoint {
    @Override
    public String describe() {
      return "builder " + instanceId + " is " + state + ", and there is no image of it yet";
    }
  }

  /**
   * An image was begun that is not handed out.
   *
   * @param unanswered the call that made it, if its answer was lost in the crash; null when not
   * @param builderGone whether the builder is no longer there
   */
  record Unfinished(String imageId, String state, @Nullable Intent unanswered, boolean builderGone)
      implements ResumePoint {
    @Override
    public String describe() {
      return "image " + imageId + " is " + state;
    }
  }

  /** The image was handed out, and only the rest is still to be done. */
  record HandedOut(String imageId) implements ResumePoint {
    @Override
    public String describe() {
      return "image " + imageId + " is finished";
    }
  }
}
