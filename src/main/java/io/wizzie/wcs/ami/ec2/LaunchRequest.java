package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.config.BuilderSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The launch of a builder, apart from type and subnet, which may have to be tried in turn.
 *
 * @param builder the configuration's part
 * @param userData base64-encoded; secret because the builder's host key is in it
 */
public record LaunchRequest(
    SourceImage sourceImage,
    BuilderSpec builder,
    String keyName,
    List<String> groupIds,
    Secret userData,
    Map<String, String> tags) {
  public LaunchRequest {
    groupIds = List.copyOf(groupIds);
    tags = Map.copyOf(tags);
  }

  /** Whether the key pair was made for this build, and may not be known everywhere yet. */
  boolean temporaryKey() {
    return keyName.startsWith(tags.getOrDefault(ProjectTags.BUILD_ID, "\0"));
  }

  /** Whether the group was made for this build. */
  boolean temporaryGroup() {
    return builder.securityGroupIds().isEmpty();
  }

  /** The form in which EC2 takes user data. */
  public static Secret encode(byte[] userData) {
    return Secret.of(Base64.getEncoder().encode(userData));
  }
}
