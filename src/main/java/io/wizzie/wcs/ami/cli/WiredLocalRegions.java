package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.cli.command.LocalRegions;
import io.wizzie.wcs.ami.cli.output.LocalStatus;
import io.wizzie.wcs.ami.local.LocalRegion;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The local region, served by this process. */
final class WiredLocalRegions implements LocalRegions {
  @Override
  public String prepare(
      Path stateFolder, boolean rebuild, @Nullable String image, Consumer<String> progress) {
    throw new UnsupportedOperationException("Preparing " + image + rebuild + stateFolder);
  }

  @Override
  public OpenRegion open(Path stateFolder, int port, Consumer<String> progress) {
    return new Opened(LocalRegion.open(stateFolder, port));
  }

  @Override
  public OpenRegion attach(Path stateFolder) {
    return new Opened(LocalRegion.open(stateFolder, 0));
  }

  @Override
  public LocalStatus status(Path stateFolder) {
    return new LocalStatus(stateFolder, null, null, List.of(), List.of());
  }

  @Override
  public List<String> stopInstances(Path stateFolder) {
    return List.of();
  }

  @Override
  public List<String> reset(Path stateFolder) {
    return List.of();
  }

  /** A region that this process serves. */
  private record Opened(LocalRegion region) implements OpenRegion {
    @Override
    public URI endpoint() {
      return region.endpoint();
    }

    @Override
    public void close() {
      region.close();
    }
  }
}
