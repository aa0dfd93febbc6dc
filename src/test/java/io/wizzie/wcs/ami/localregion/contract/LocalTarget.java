package io.wizzie.wcs.ami.localregion.contract;

import io.wizzie.wcs.ami.localregion.QuickRegion;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.net.URI;
import java.nio.file.Path;

/** The local region's endpoint, with guests that exist in name only. */
final class LocalTarget implements ContractTarget {
  private final QuickRegion region;

  LocalTarget(Path folder) {
    region = QuickRegion.open(folder);
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public URI endpoint() {
    return region.endpoint();
  }

  @Override
  public AccessKey accessKey() {
    return region.accessKey();
  }

  @Override
  public void later() {
    region.later();
  }

  @Override
  public void reset() {
    region.reset();
  }

  @Override
  public void close() {
    region.close();
  }
}
