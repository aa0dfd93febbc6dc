package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The launch of an instance of a finished image, with no more options than a buyer would give.
 * Metadata options and all else are the image's own; so are its volumes, except that none may
 * outlive the instance.
 *
 * @param associatePublicIpAddress null to leave it to the subnet
 * @param userData base64-encoded; null for none
 */
public record TrialRequest(
    SourceImage image,
    String keyName,
    List<String> groupIds,
    @Nullable Boolean associatePublicIpAddress,
    @Nullable Secret userData,
    Map<String, String> tags) {
  public TrialRequest {
    groupIds = List.copyOf(groupIds);
    tags = Map.copyOf(tags);
  }
}
