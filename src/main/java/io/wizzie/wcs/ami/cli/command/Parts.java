package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.pipeline.BuildPreview;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rest of the program, as the commands see it; {@code Main} passes the real one. */
public interface Parts {
  /**
   * Reads and merges the configuration, as far as it can be read.
   *
   * @param files as they were given, since problems name them; a later one overrides an earlier one
   * @param settings of {@code --set}, as {@code PATH=VALUE}
   * @param region whose overrides apply; null for the one that the files name
   */
  SpecReading examine(List<Path> files, List<String> settings, @Nullable String region);

  /**
   * Every problem, beside those of the reading, that can be found offline: of the cookbooks, roles
   * and run lists, and of what is in the files that the configuration names.
   */
  List<Problem> checkInputs(SpecReading reading);

  /**
   * The region that the AWS SDK would choose, when neither option, environment nor file names one.
   *
   * @param profile null for the SDK's own choice
   * @param offline only what files on this machine say; otherwise the machine's own instance
   *     metadata may be asked too
   */
  Optional<String> defaultRegion(@Nullable String profile, boolean offline);

  BuildId newBuildId();

  /**
   * Connects to a region; finds credentials, but does not call EC2 yet.
   *
   * @throws BuildException category CONFIGURATION when there are no credentials; the message says
   *     what to do
   */
  Region connect(RegionTarget target);

  /** The local region. */
  LocalRegions local();

  /** Lets libraries log their warnings; called before any is used. */
  void logLibraries();

  /** A region that was connected to. */
  interface Region extends AutoCloseable {
    /**
     * Does a job.
     *
     * @param outputFolder in which the job's own folder is
     * @return how it ended; a failure is not thrown
     */
    BuildOutcome run(RegionJob job, Path outputFolder, Consumer<BuildEvent> events);

    /**
     * What a build would do and what would keep it from it; creates nothing.
     *
     * @throws BuildException when EC2 can't be asked at all
     */
    BuildPreview preview(BuildSpec spec, BuildOptions options);

    /**
     * Removes what builds have left.
     *
     * @param outputFolder in which the builds of this checkout have their folders
     * @param progress gets a line on everything that is done
     * @throws BuildException when EC2 can't be asked, or of category INTERRUPTED
     */
    Cleaning clean(Cleaning.Request request, Path outputFolder, Consumer<String> progress);

    /** This project's images and builders. */
    RegionListing list();

    /**
     * An image of the region, whoever made it.
     *
     * @throws BuildException category CONFIGURATION when it is not there
     */
    SourceImage image(String imageId);

    /** The command with which a person removes the resource. */
    String removal(ResourceId resource);

    @Override
    void close();
  }
}
