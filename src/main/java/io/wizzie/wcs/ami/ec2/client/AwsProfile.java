package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * The profile of the AWS configuration files that holds for this process: the one that an option
 * names, else {@code AWS_PROFILE}'s, else {@code default}.
 *
 * @param option null where no option names one
 */
record AwsProfile(@Nullable String option) {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final String REMEDY =
      " Run 'aws configure' or 'aws sso login', set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
          + " choose a profile with --profile or AWS_PROFILE; -v shows what was tried.";

  /**
   * Makes it the profile of every client of the SDK in this process. Those for STS and SSO, which
   * the SDK makes itself, can be told in no other way.
   */
  void apply() {
    if (option != null) {
      System.setProperty(ProfileFileSystemSetting.AWS_PROFILE.property(), option);
    }
  }

  String name() {
    return option == null ? ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow() : option;
  }

  /**
   * The profile that somebody has chosen, as far as it decides the credentials: a key in the
   * environment goes before {@code AWS_PROFILE}, but not before the option.
   */
  @Nullable String chosen() {
    boolean key = SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent();
    String named = name();
    return option != null || (!key && !named.equals("default")) ? named : null;
  }

  /**
   * Reads both files.
   *
   * @throws BuildException category CONFIGURATION, naming the file, when one can't be read
   */
  static ProfileFile readFiles() {
    ProfileFile.Aggregator both = ProfileFile.aggregator();
    file(ProfileFileLocation.configurationFilePath(), ProfileFile.Type.CONFIGURATION)
        .ifPresent(both::addFile);
    file(ProfileFileLocation.credentialsFilePath(), ProfileFile.Type.CREDENTIALS)
        .ifPresent(both::addFile);
    return both.build();
  }

  private static Optional<ProfileFile> file(Path path, ProfileFile.Type type) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    boolean configuration = type == ProfileFile.Type.CONFIGURATION;
    try (InputStream in = Files.newInputStream(path)) {
      if (Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
        throw new IllegalArgumentException("it begins with a byte order mark");
      }
      return Optional.of(ProfileFile.builder().content(path).type(type).build());
    } catch (IOException | RuntimeException unusable) {
      throw Category.CONFIGURATION.failure(
          "The AWS %s file %s can't be read: %s Correct it, or name another with %s"
              .formatted(
                  configuration ? "configuration" : "credentials",
                  path,
                  sentence(Ec2Calls.plainCause(unusable)),
                  configuration ? "AWS_CONFIG_FILE." : "AWS_SHARED_CREDENTIALS_FILE."),
          unusable);
    }
  }

  /**
   * Refuses the option's profile where no file has it.
   *
   * @throws BuildException category CONFIGURATION, naming those there are
   */
  void requireExists(ProfileFile files) {
    if (option != null && files.profile(option).isEmpty()) {
      throw Category.CONFIGURATION.failure(missing(files));
    }
  }

  private String missing(ProfileFile files) {
    List<String> names = List.copyOf(new TreeSet<>(files.profiles().keySet()));
    String wrong = "There is no AWS profile \"" + name() + "\" in " + places();
    String meant = NearestName.of(name(), names).map(NearestName::question).orElse(".");
    return wrong
        + meant
        + (names.isEmpty() ? "" : " There are: " + String.join(", ", names) + ".")
        + " Choose one with --profile or AWS_PROFILE, or make it with 'aws configure --profile "
        + name()
        + "'.";
  }

  /** What to say when no credentials were found. */
  BuildException noCredentials(RuntimeException none) {
    ProfileFile files = readFiles();
    boolean exists = files.profile(name()).isPresent();
    String reason = "";
    if (option != null) {
      reason = " in profile " + name() + " of " + places() + ": " + said(none);
    } else if (!exists && !name().equals("default")) {
      return Category.CONFIGURATION.failure(
          "No AWS credentials were found. " + missing(files), none);
    } else if (halfAKey()) {
      reason = ": only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set.";
    } else if (SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent()) {
      reason =
          " through AWS_WEB_IDENTITY_TOKEN_FILE: "
              + refusal(WebIdentityTokenFileCredentialsProvider.create());
    } else if (exists) {
      // The whole chain's own message is a screenful, of every place in which there were none.
      reason =
          " in profile %s of %s: %s"
              .formatted(name(), places(), refusal(ProfileCredentialsProvider.create(name())));
    }
    return Category.CONFIGURATION.failure(
        "No AWS credentials were found" + (reason.isEmpty() ? "." : reason) + REMEDY, none);
  }

  private static boolean halfAKey() {
    return SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent()
        != SdkSystemSetting.AWS_SECRET_ACCESS_KEY.getStringValue().isPresent();
  }

  private static String refusal(AwsCredentialsProvider provider) {
    try (RenewedCredentials asked = new RenewedCredentials(() -> provider)) {
      var unused = asked.resolveCredentials();
      return "it has some now.";
    } catch (RuntimeException refused) {
      return said(refused);
    }
  }

  /** The SDK ends its message with the whole profile file as Java prints it. */
  private static String said(RuntimeException none) {
    return sentence(
        String.valueOf(none.getMessage())
            .replaceFirst("[:,]? *\\b(?:ProfileFile|Profile)\\(.*", ""));
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private static String places() {
    String there =
        Stream.of(
                ProfileFileLocation.configurationFilePath(),
                ProfileFileLocation.credentialsFilePath())
            .filter(Files::exists)
            .map(Path::toString)
            .collect(Collectors.joining(" and "));
    return there.isEmpty() ? "the AWS configuration files, of which there are none" : there;
  }
}
