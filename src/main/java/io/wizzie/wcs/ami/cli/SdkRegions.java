package io.wizzie.wcs.ami.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Asks the AWS SDK's own chain for a region. */
final class SdkRegions {
  private SdkRegions() {}

  /**
   * @param offline leave out the instance metadata, which only an EC2 instance has and which others
   *     wait for in vain
   */
  static Optional<String> find(@Nullable String profile, boolean offline) {
    String named =
        profile == null ? ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow() : profile;
    AwsRegionProvider chain =
        offline
            ? new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, named)
            : DefaultAwsRegionProviderChain.builder().profileName(named).build();
    try {
      return Optional.of(chain.getRegion().id());
    } catch (SdkClientException none) {
      // That it found none is what it has to say; the caller says what to do about it.
      return Optional.empty();
    }
  }
}
