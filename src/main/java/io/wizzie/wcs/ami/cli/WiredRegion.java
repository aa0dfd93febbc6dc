package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.cli.command.Parts;
import io.wizzie.wcs.ami.cli.command.RegionJob;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.cli.report.ToolVersion;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.AskedOperatorAddress;
import io.wizzie.wcs.ami.ec2.ProjectResources;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.SourceImages;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.pipeline.BuildParts;
import io.wizzie.wcs.ami.pipeline.BuildPreview;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import io.wizzie.wcs.ami.pipeline.recovery.LeftoverCleaning;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.ssh.MinaConnector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A region behind the EC2 client. */
record WiredRegion(Ec2Connection connection, @Nullable String sshAgentSocket, Clock clock)
    implements Parts.Region {
  @Override
  public BuildOutcome run(RegionJob job, Path outputFolder, Consumer<BuildEvent> events) {
    return job.run(parts(outputFolder, events));
  }

  @Override
  public BuildPreview preview(BuildSpec spec, BuildOptions options) {
    // Nothing is written there: only a build makes its folder.
    return BuildPreview.of(spec, options, parts(Path.of("output"), event -> {}));
  }

  private BuildParts parts(Path outputFolder, Consumer<BuildEvent> events) {
    Sleeper sleeper = Sleeper.real();
    return new BuildParts(
        connection,
        new MinaConnector(clock, sleeper),
        sshAgentSocket,
        new AskedOperatorAddress(connection.endpoint()),
        clock,
        sleeper,
        events,
        outputFolder,
        ToolVersion.current().version());
  }

  @Override
  public Cleaning clean(Cleaning.Request request, Path outputFolder, Consumer<String> progress) {
    return new LeftoverCleaning(
            connection, clock, Sleeper.real(), RandomGenerator.getDefault(), outputFolder, progress)
        .run(request);
  }

  @Override
  public RegionListing list() {
    ProjectResources resources = new ProjectResources(connection);
    return new RegionListing(connection.region(), resources.images(), resources.builders());
  }

  @Override
  public SourceImage image(String imageId) {
    return new SourceImages(connection.client()).describe(imageId);
  }

  @Override
  public String removal(ResourceId resource) {
    return connection.cli().remove(resource);
  }

  @Override
  public void close() {
    connection.close();
  }
}
