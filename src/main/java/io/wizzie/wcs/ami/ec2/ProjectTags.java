package io.wizzie.wcs.ami.ec2;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * The tags that everything made by this project carries from the creating call on, so that
 * leftovers can be found without any local file.
 *
 * <p>What exists only during the build says when it expires. An image must never expire: it is born
 * {@link #UNFINISHED} and becomes {@link #FINISHED} as the build's last word on it, so that a build
 * that was killed leaves an image that can be told from one to keep. (DeleteTags is not in the
 * policy, so a tag can be overwritten but never taken away.)
 *
 * @param buildId the build that makes it
 * @param expiresAt when what exists only during the build counts as abandoned
 * @param userTags the configuration's own tags of what exists only during the build; they win
 *     except over the project's own
 */
public record ProjectTags(String buildId, Instant expiresAt, Map<String, String> userTags) {
  public static final String BUILD_ID = "wcs-ami:build-id";
  public static final String EXPIRES_AT = "wcs-ami:expires-at";

  /** Set again and again on the builder while its build lives; see {@link Instances#renewLease}. */
  public static final String ALIVE_UNTIL = "wcs-ami:alive-until";

  public static final String STATUS = "wcs-ami:status";
  public static final String UNFINISHED = "unfinished";
  public static final String FINISHED = "finished";
  private static final String NAME = "Name";

  public ProjectTags {
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
    userTags = Map.copyOf(userTags);
  }

  /** Tags of something that exists only during the build. */
  public Map<String, String> temporary() {
    Map<String, String> tags = new TreeMap<>();
    tags.put(NAME, buildId);
    tags.putAll(userTags);
    tags.put(BUILD_ID, buildId);
    tags.put(EXPIRES_AT, expiresAt.toString());
    return tags;
  }

  /** Tags of the image and its snapshots while they are being made. */
  public Map<String, String> image(String name, Map<String, String> imageTags) {
    Map<String, String> tags = new TreeMap<>();
    tags.put(NAME, name);
    tags.putAll(imageTags);
    tags.put(BUILD_ID, buildId);
    tags.put(STATUS, UNFINISHED);
    return tags;
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static TagSpecification specification(ResourceType type, Map<String, String> tags) {
    return TagSpecification.builder().resourceType(type).tags(list(tags)).build();
  }

  static @Nullable String valueOrNull(List<Tag> tags, String key) {
    return tags.stream()
        .filter(tag -> tag.key().equals(key))
        .map(Tag::value)
        .findFirst()
        .orElse(null);
  }

  static String value(List<Tag> tags, String key) {
    String value = valueOrNull(tags, key);
    return value == null ? "" : value;
  }
}
