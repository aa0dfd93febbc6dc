package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the AWS CLI commands that a person is told to run, with the options that reach the same
 * account and region as this program.
 *
 * @param region where a build works, if nothing says otherwise
 * @param options appended to every command, such as {@code " --profile staging"}
 */
public record AwsCli(String region, String options) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** The options of {@code aws} that stand for these settings. */
  public static AwsCli of(String region, @Nullable String profile, @Nullable URI endpoint) {
    StringBuilder options = new StringBuilder();
    if (profile != null) {
      options.append(" --profile ").append(quoted(profile));
    }
    if (endpoint != null) {
      options.append(" --endpoint-url ").append(quoted(endpoint.toString()));
    }
    return new AwsCli(region, options.toString());
  }

  /** Removes the resource. */
  public String remove(ResourceId resource) {
    String id = resource.id();
    return command(
        switch (resource.kind()) {
          case IMAGE -> "deregister-image --image-id " + id;
          case SNAPSHOT -> "delete-snapshot --snapshot-id " + id;
          case INSTANCE -> "terminate-instances --instance-ids " + id;
          case VOLUME -> "delete-volume --volume-id " + id;
          case SECURITY_GROUP -> "delete-security-group --group-id " + id;
          // Events and journals know it by its name, tags by its ID.
          case KEY_PAIR ->
              "delete-key-pair --key-" + (id.startsWith("key-") ? "pair-id " : "name ") + id;
        },
        resource.region());
  }

  /** Lists everything that a build made, by its tag. */
  public String listBuild(String buildId) {
    return command(
        "describe-tags --filters Name=key,Values=%s Name=value,Values=%s"
            .formatted(ProjectTags.BUILD_ID, buildId),
        region);
  }

  // As a POSIX shell reads it: a profile's name may have blanks and more.
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private String command(String verb, String there) {
    return "aws ec2 " + verb + " --region " + quoted(there) + options;
  }
}
