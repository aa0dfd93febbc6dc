package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.ec2.ProjectTags;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the AWS CLI commands that a person is told to run, with the options that reach the same
 * account and region as this program.
 *
 * @param options such as {@code --region eu-west-1}; appended to every command
 */
public record AwsCli(String options) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** The options of {@code aws} that stand for these settings. */
  public static AwsCli of(String region, @Nullable String profile, @Nullable URI endpoint) {
    StringBuilder options = new StringBuilder("--region ").append(quoted(region));
    if (profile != null) {
      options.append(" --profile ").append(quoted(profile));
    }
    if (endpoint != null) {
      options.append(" --endpoint-url ").append(quoted(endpoint.toString()));
    }
    return new AwsCli(options.toString());
  }

  public String terminateInstance(String instanceId) {
    return command("terminate-instances --instance-ids " + instanceId);
  }

  public String deleteVolume(String volumeId) {
    return command("delete-volume --volume-id " + volumeId);
  }

  public String deleteKeyPair(String keyName) {
    return command("delete-key-pair --key-name " + keyName);
  }

  public String deleteSecurityGroup(String groupId) {
    return command("delete-security-group --group-id " + groupId);
  }

  public String deregisterImage(String imageId) {
    return command("deregister-image --image-id " + imageId);
  }

  public String deleteSnapshot(String snapshotId) {
    return command("delete-snapshot --snapshot-id " + snapshotId);
  }

  /** Lists everything that a build made, by its tag. */
  public String listBuild(String buildId) {
    return command(
        "describe-tags --filters Name=key,Values="
            + ProjectTags.BUILD_ID
            + " Name=value,Values="
            + buildId);
  }

  // As a POSIX shell reads it: a profile's name may have blanks and more.
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private String command(String verb) {
    return "aws ec2 " + verb + " " + options;
  }
}
