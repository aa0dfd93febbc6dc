package io.wizzie.wcs.ami.event;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One event of each kind. */
final class Samples {
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07.891Z");

  static final List<BuildEvent> ONE_OF_EACH =
      List.of(
          new BuildEvent.StageStarted(AT, "launch", "Launch the builder"),
          new BuildEvent.ResourceCreated(
              AT, new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-0abc")),
          new BuildEvent.Progress(AT, "i-0abc is pending"),
          new BuildEvent.StageFinished(AT, "launch", "i-0abc", Duration.ofMillis(3210)),
          new BuildEvent.StageStarted(AT, "converge", "Converge the cookbooks"),
          new BuildEvent.GuestOutput(AT, "chef-solo", "\u001b[32m  * apt_package[jq]\u001b[0m"),
          new BuildEvent.Warning(AT, "The region is not us-east-1."),
          new BuildEvent.StageFailed(
              AT, "converge", "chef-solo failed\nits log's tail", Duration.ofSeconds(72)),
          new BuildEvent.ResourceRemoved(
              AT, new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-0abc")),
          new BuildEvent.ImageKept(AT, "ami-0abc", List.of("snap-1")),
          new BuildEvent.ResourceLeft(
              AT,
              new ResourceId("eu-west-1", ResourceKind.SECURITY_GROUP, "sg-1"),
              "still in use",
              "aws ec2 delete-security-group"));

  private Samples() {}
}
