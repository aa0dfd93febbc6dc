package io.wizzie.wcs.ami.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What every instance of the image converges at its first boot.
 *
 * @param logFile absolute path in the image
 * @param timeout after which the first boot's converge is ended and counts as failed
 */
public record BootstrapSpec(
    List<Path> cookbookPaths,
    List<String> runList,
    ObjectNode attributes,
    String logFile,
    Duration timeout) {
  public BootstrapSpec {
    cookbookPaths = List.copyOf(cookbookPaths);
    runList = List.copyOf(runList);
    attributes = attributes.deepCopy();
  }

  @Override
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }
}
