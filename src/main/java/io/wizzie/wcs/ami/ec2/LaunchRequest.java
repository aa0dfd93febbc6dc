package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.spec.BuilderSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is launched with, apart from type and subnet, which may have to be tried in
 * turn.
 *
 * @param builder the configuration's part
 * @param userData base64-encoded; secret because the builder's host key is in it. Null for an
 *     instance such as a buyer launches: then neither volumes, metadata options nor an instance
 *     profile of the builder are asked for
 */
public record LaunchRequest(
    SourceImage sourceImage,
    BuilderSpec builder,
    String keyName,
    List<String> groupIds,
    @Nullable Secret userData,
    Map<String, String> tags) {
  public LaunchRequest {
    groupIds = List.copyOf(groupIds);
    tags = Map.copyOf(tags);
  }

  /** The form in which EC2 takes user data. */
  public static Secret encode(byte[] userData) {
    return Secret.of(Base64.getEncoder().encode(userData));
  }
}
