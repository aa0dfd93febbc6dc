package io.wizzie.wcs.ami.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is converged before the image exists.
 *
 * @param cookbookPaths folders of cookbooks; a later one wins, as in Chef
 * @param environment name of a Chef environment in {@code environmentsPath}
 * @param attributes the node's own attributes
 * @param timeout for the whole converge, reboots included
 */
public record ProvisionSpec(
    List<Path> cookbookPaths,
    @Nullable Path rolesPath,
    @Nullable Path dataBagsPath,
    @Nullable Path environmentsPath,
    @Nullable String environment,
    @Nullable Path encryptedDataBagSecretFile,
    List<String> runList,
    ObjectNode attributes,
    Duration timeout) {
  public ProvisionSpec {
    cookbookPaths = List.copyOf(cookbookPaths);
    runList = List.copyOf(runList);
    attributes = attributes.deepCopy();
  }

  @Override
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }
}
