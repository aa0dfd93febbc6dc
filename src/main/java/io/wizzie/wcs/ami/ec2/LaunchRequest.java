package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.spec.BuilderSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What a builder is launched with, apart from type and subnet, which may have to be tried in turn.
 *
 * @param builder the configuration's part
 * @param userData base64-encoded
 */
public record LaunchRequest(
    SourceImage sourceImage,
    BuilderSpec builder,
    String keyName,
    List<String> groupIds,
    String userData,
    Map<String, String> tags) {
  public LaunchRequest {
    groupIds = List.copyOf(groupIds);
    tags = Map.copyOf(tags);
  }

  /** The form in which EC2 takes user data. */
  public static String encode(byte[] userData) {
    return Base64.getEncoder().encodeToString(userData);
  }
}
