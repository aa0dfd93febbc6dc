package io.wizzie.wcs.ami.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The builder instance.
 *
 * @param instanceTypes in order of preference
 * @param subnetIds in order of preference; else {@code subnetFilters} choose, else it is a default
 *     subnet
 * @param securityGroupIds existing groups; when empty a temporary one is made
 * @param sourceCidrs who may connect through the temporary group; when empty, the operator's own
 *     address as seen from outside
 * @param associatePublicIpAddress null leaves it to the subnet
 * @param iamInstanceProfile name or ARN
 * @param userDataFile cloud-config or script that is merged with the builder's own user data
 * @param tags of everything that exists only during the build
 * @param lifetime after which an abandoned builder ends itself
 * @param launchTimeout how long the instance may take to run
 */
public record BuilderSpec(
    List<String> instanceTypes,
    List<String> subnetIds,
    Map<String, List<String>> subnetFilters,
    List<String> securityGroupIds,
    List<String> sourceCidrs,
    @Nullable Boolean associatePublicIpAddress,
    @Nullable String iamInstanceProfile,
    RootVolumeSpec rootVolume,
    @Nullable Path userDataFile,
    Map<String, String> tags,
    Duration lifetime,
    Duration launchTimeout,
    int httpPutResponseHopLimit) {
  public BuilderSpec {
    instanceTypes = List.copyOf(instanceTypes);
    subnetIds = List.copyOf(subnetIds);
    subnetFilters = Map.copyOf(subnetFilters);
    securityGroupIds = List.copyOf(securityGroupIds);
    sourceCidrs = List.copyOf(sourceCidrs);
    tags = Map.copyOf(tags);
  }

  /**
   * The root volume, set at launch because CreateImage can't change it.
   *
   * @param iops null for the type's default
   * @param throughputMibps MiB/s; null for the type's default
   */
  public record RootVolumeSpec(
      int sizeGib, String volumeType, @Nullable Integer iops, @Nullable Integer throughputMibps) {}
}
