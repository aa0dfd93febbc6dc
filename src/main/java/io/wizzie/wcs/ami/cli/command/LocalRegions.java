package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.LocalStatus;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import io.wizzie.wcs.ami.localregion.model.Policy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The local region, as the commands see it. */
public interface LocalRegions {
  /**
   * Makes the base image where it is missing.
   *
   * @param rebuild make it again though it is there
   * @param image a container image of the user's own to take instead, now and later; empty to make
   *     one after all; null for the choice made before
   * @param progress gets one line at a time on what is being done
   * @return the base image's reference
   */
  String prepare(
      Path stateFolder, boolean rebuild, @Nullable String image, Consumer<String> progress);

  /**
   * Opens the endpoint, preparing the base image where it is missing.
   *
   * @param port on 127.0.0.1; 0 for any free one
   */
  OpenRegion open(Path stateFolder, int port, Consumer<String> progress);

  /**
   * As {@link #open}, for callers outside this process, who find it by {@link #served}.
   *
   * @param policy what they may call
   */
  OpenRegion serve(Path stateFolder, int port, Policy policy, Consumer<String> progress);

  /**
   * The endpoint that another process serves, and its key.
   *
   * @throws io.wizzie.wcs.ami.base.BuildException of category CONFIGURATION if none does
   */
  Served served(Path stateFolder);

  /** An endpoint that is open to whoever signs with the key. */
  record Served(URI endpoint, AccessKey key) {}

  /**
   * Opens the endpoint for looking only: on any free port, without a base image, which only
   * instances need.
   */
  OpenRegion attach(Path stateFolder);

  /** What the region holds; changes nothing. */
  LocalStatus status(Path stateFolder);

  /**
   * Stops all running instances.
   *
   * @return their IDs
   */
  List<String> stopInstances(Path stateFolder, Consumer<String> progress);

  /**
   * Removes images that are old, with their snapshots.
   *
   * @return their IDs
   */
  List<String> prune(Path stateFolder, ImageAge age, Consumer<String> progress);

  /**
   * An image whose files are to be written to an archive.
   *
   * @param image ID, or a name that only one has
   * @param target a file, which is replaced if it exists
   */
  record ImageExport(String image, Path target) {}

  /** Writes the root file system of an image to a file. */
  void export(Path stateFolder, ImageExport export, Consumer<String> progress);

  /**
   * Removes all the region holds: instances, images, snapshots, and the choice of an image. The
   * base image stays, as other regions may use it.
   *
   * @return one line on each thing removed
   */
  List<String> reset(Path stateFolder, Consumer<String> progress);

  /**
   * The region's endpoint while it is served by this process.
   *
   * @param accessKey what requests to it have to be signed with
   * @param closing closes it, and tells what it waits for when that takes its time
   */
  record OpenRegion(URI endpoint, AccessKey accessKey, Consumer<Consumer<String>> closing)
      implements AutoCloseable {
    @Override
    public void close() {
      closing.accept(line -> {});
    }
  }
}
