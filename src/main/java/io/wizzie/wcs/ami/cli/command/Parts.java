package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.build.BuildId;
import io.wizzie.wcs.ami.build.BuildOptions;
import io.wizzie.wcs.ami.build.BuildOutcome;
import io.wizzie.wcs.ami.build.Cleaning;
import io.wizzie.wcs.ami.cli.output.RegionListing;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.spec.BuildSpec;
import io.wizzie.wcs.ami.spec.InvalidSpecException;
import io.wizzie.wcs.ami.spec.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rest of the program, as the commands see it; {@code Main} passes the real one. */
public interface Parts {
  /**
   * Reads and merges the configuration.
   *
   * @param files as they were given, since problems name them; a later one overrides an earlier one
   * @param settings of {@code --set}, as {@code PATH=VALUE}
   * @param region whose overrides apply; null for the one that the files name
   * @throws InvalidSpecException with every problem found
   */
  BuildSpec readSpec(List<Path> files, List<String> settings, @Nullable String region);

  /** Every problem of the cookbooks, roles and run lists that can be found offline. */
  List<Problem> checkCookbooks(BuildSpec spec);

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

  /**
   * Which EC2 endpoint to talk to, and as whom.
   *
   * @param profile null for the SDK's own choice
   * @param endpoint null for the region's own
   * @param anyCredentials whether the endpoint takes any credentials, so that none need be found
   */
  record RegionTarget(
      String name, @Nullable String profile, @Nullable URI endpoint, boolean anyCredentials) {}

  /** A region that was connected to. */
  interface Region extends AutoCloseable {
    /**
     * Builds the image and cleans up, also after a failure or an interrupt of the calling thread.
     *
     * @param outputFolder in which the build's own folder is
     * @return how it ended; a failed build is not thrown
     */
    BuildOutcome build(
        BuildSpec spec, BuildOptions options, Path outputFolder, Consumer<BuildEvent> events);

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
    String removal(String kind, String id);

    @Override
    void close();
  }
}
