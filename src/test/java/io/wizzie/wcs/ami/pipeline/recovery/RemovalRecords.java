package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.OrphanedResource;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import java.time.Clock;
import java.util.function.Consumer;

/** Records a removal as a cleaning does. */
public final class RemovalRecords {
  private RemovalRecords() {}

  public static void removed(
      String volumeId, RecordedBuild build, Clock clock, Consumer<String> warn) {
    RemovalRecord.of(
        new OrphanedResource(
            new ResourceId(build.region(), ResourceKind.VOLUME, volumeId),
            build.buildId(),
            "",
            false,
            null),
        build,
        clock,
        warn);
  }
}
