package io.wizzie.wcs.ami.config;

import io.wizzie.wcs.ami.config.TextRule.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of text in the configuration, after EC2's and Chef's own rules. */
public enum TextForm {
  ANY(TextRule.any("text", 0, 4096, Kind.PLAIN)),
  REGION(TextRule.matching("us-east-1", RegionNames.FORM, RegionNames::problemWith)),

  /** Goes into image names and tags, so only what EC2 allows in both. */
  VERSION(
      TextRule.matching(
          "1.1.0",
          "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
          "a version; write up to 64 letters, digits, dots, dashes and underscores")),

  CHECK_ID(TextRule.oneOf(CheckIds.provided().toArray(String[]::new))),
  FINDING_PATH(TextRule.any("/opt/demo/*.pem", 1, 4096, Kind.PLAIN)),
  REASON(TextRule.any("A public test key of the demonstration", 3, 500, Kind.PLAIN)),

  HTTP_PATH(
      TextRule.matching("/login", "/[!-~]*", "a path on a web server, which starts with a slash")),
  PAGE_TEXT(TextRule.any("WizzVis", 1, 1000, Kind.PLAIN)),
  UNIT(
      TextRule.matching(
          "docker.service",
          "[A-Za-z0-9:_.@\\\\-]+\\.(service|socket|timer|target|mount|path)",
          "the name of a systemd unit")),
  CHECK_COMMAND(TextRule.any("docker ps -q | grep -q .", 1, 4096, Kind.PLAIN)),

  IMAGE_ID(id("ami", "an AMI ID")),
  SUBNET_ID(id("subnet", "a subnet ID")),
  SECURITY_GROUP_ID(id("sg", "a security group ID")),

  OWNER(
      TextRule.matching(
          "099720109477",
          "[0-9]{12}|self|amazon|aws-marketplace|aws-backup-vault",
          "an image owner; write a 12-digit account ID, \"self\", \"amazon\" or"
              + " \"aws-marketplace\"")),

  FILTER_NAME(TextRule.matching("name", "[a-z][a-z0-9.-]*|tag:.+", "a filter of EC2")),

  FILTER_VALUE(TextRule.any("ubuntu/images/*", 1, 255, Kind.PLAIN)),

  INSTANCE_TYPE(
      TextRule.matching(
          "t3.medium",
          "[a-z][a-z0-9-]*\\.(nano|micro|small|medium|large|([1-9][0-9]{0,2})?xlarge"
              + "|metal(-[1-9][0-9]{0,2}xl)?)",
          "an instance type")),

  CIDR(
      TextRule.matching(
              "203.0.113.0/24",
              "[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}",
              "an IPv4 range; write address and prefix length")
          .and(TextForm::cidrProblem)),

  INSTANCE_PROFILE(
      TextRule.matching(
          "builder-profile",
          "[A-Za-z0-9_+=,.@-]{1,128}"
              + "|arn:aws[a-z-]*:iam::[0-9]{12}:instance-profile/[A-Za-z0-9_+=,.@/-]{1,512}",
          "an instance profile; write its name or ARN")),

  VOLUME_TYPE(TextRule.oneOf("gp3", "gp2", "io1", "io2", "standard")),

  TAG_KEY(TextRule.any("Project", 1, 128, Kind.PLAIN).and(TextForm::tagKeyProblem)),

  TAG_VALUE(TextRule.any("wcs", 0, 256, Kind.PLAIN)),

  TAG_TEMPLATE(TextRule.any("wcs {version}", 0, 256, Kind.TEMPLATE).and(NameTemplate::problemWith)),

  NAME_TEMPLATE(
      TextRule.any("wcs-{version}-{build-id}", 1, 255, Kind.TEMPLATE)
          .and(NameTemplate::problemWith)),

  DESCRIPTION_TEMPLATE(
      TextRule.any("WCS {version}", 0, 255, Kind.TEMPLATE).and(NameTemplate::problemWith)),

  USER(TextRule.matching("ubuntu", "[a-z_][a-z0-9_-]{0,31}", "a user name of Linux")),

  KEY_NAME(TextRule.any("my-key-pair", 1, 255, Kind.PLAIN)),

  SHA256(
      TextRule.matching(
          "731b4757e8de4236db48c3672cb69693b9f7f66ea902f8c728990ec38a1fdc7d",
          "[0-9a-fA-F]{64}",
          "a SHA-256; write the 64 hex digits that sha256sum prints")),

  URL(
      TextRule.matching(
              "https://example.com/cinc.deb",
              "https?://[^ ]+",
              "a URL that the guest can download; write one of https")
          .and(TextForm::urlProblem)),

  CHEF_VERSION(
      TextRule.matching(
          "18.7.10", "[0-9]+\\.[0-9]+\\.[0-9]+", "a version of Chef; write all three numbers")),

  CHEF_PRODUCT(TextRule.oneOf("cinc", "chef")),

  LOG_LEVEL(TextRule.oneOf("info", "auto", "trace", "debug", "warn", "error", "fatal")),

  CHEF_ARGUMENT(TextRule.any("--no-color", 1, 1024, Kind.PLAIN).and(TextForm::argumentProblem)),

  ENVIRONMENT(
      TextRule.matching("production", "[A-Za-z0-9_-]{1,255}", "the name of a Chef environment")),

  RUN_LIST_ITEM(
      TextRule.matching(
          "recipe[wcsprov]",
          "recipe\\[[A-Za-z0-9_.-]+(::[A-Za-z0-9_.-]+)?(@[0-9]+(\\.[0-9]+){1,2})?\\]"
              + "|role\\[[A-Za-z0-9_.-]+\\]"
              + "|[A-Za-z0-9_.-]+(::[A-Za-z0-9_.-]+)?",
          "a run-list item; write recipe[cookbook], recipe[cookbook::recipe] or role[name]")),

  /** In scripts and units of the guest, so nothing that a shell or systemd would read otherwise. */
  GUEST_PATH(
      TextRule.matching(
              "/var/log/wcs-bootstrap.log",
              "(/[A-Za-z0-9._+@-]+)+",
              "an absolute path in the guest; write letters, digits and . _ + @ - between slashes")
          .and(TextForm::guestPathProblem)),

  FILE(TextRule.any("id_ed25519", 1, 4096, Kind.FILE)),
  FOLDER(TextRule.any("../cookbooks/provision", 1, 4096, Kind.FOLDER));

  /** Arguments that wcs-ami gives itself, or that have a field of their own. */
  private static final Map<String, String> TAKEN_ARGUMENTS =
      Map.of(
          "-c", "wcs-ami writes solo.rb itself",
          "--config", "wcs-ami writes solo.rb itself",
          "-j", "set provision.runList and provision.attributes",
          "--json-attributes", "set provision.runList and provision.attributes",
          "-o", "set provision.runList",
          "--override-runlist", "set provision.runList",
          "-l", "set chef.logLevel",
          "--log_level", "set chef.logLevel",
          "-E", "set provision.environment",
          "--environment", "set provision.environment");

  /** Its function has no state. */
  @SuppressWarnings("Immutable")
  private final TextRule rule;

  TextForm(TextRule rule) {
    this.rule = rule;
  }

  public TextRule rule() {
    return rule;
  }

  private static TextRule id(String prefix, String what) {
    return TextRule.matching(
        prefix + "-0123456789abcdef0",
        prefix + "-([0-9a-f]{8}|[0-9a-f]{17})",
        what + "; write " + prefix + "- and 8 or 17 hex digits");
  }

  private static @Nullable String cidrProblem(String cidr) {
    List<String> parts = List.of(cidr.split("[./]", -1));
    int prefix = Integer.parseInt(parts.get(4));
    long address = 0;
    for (String octet : parts.subList(0, 4)) {
      int number = Integer.parseInt(octet);
      if (number > 255) {
        return "is not an IPv4 range: " + number + " is more than 255; correct the address.";
      }
      address = address << 8 | number;
    }
    if (prefix > 32) {
      return "is not an IPv4 range: /" + prefix + " is more than /32; correct the prefix length.";
    }
    long network = address & -1L << (32 - prefix);
    return network == address
        ? null
        : String.format(
            "has an address inside the range; write %s/%s for the range, or %s/32 for the one"
                + " address.",
            dotted(network), prefix, dotted(address));
  }

  private static String dotted(long address) {
    return "%s.%s.%s.%s"
        .formatted(address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255);
  }

  private static @Nullable String tagKeyProblem(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    if (lower.startsWith("aws:")) {
      return "starts with \"aws:\", which EC2 keeps to itself; choose another key.";
    }
    return lower.startsWith("wcs-ami:")
        ? "starts with \"wcs-ami:\", by which wcs-ami finds its own resources; choose another key."
        : null;
  }

  private static @Nullable String urlProblem(String url) {
    try {
      return new URI(url).getHost() == null
          ? "names no host; write a URL, such as \"" + URL.rule.example() + "\"."
          : null;
    } catch (URISyntaxException e) {
      return "is not a URL (" + e.getReason() + "); escape such characters with %.";
    }
  }

  private static @Nullable String guestPathProblem(String path) {
    return List.of(path.split("/", -1)).stream().anyMatch(part -> part.matches("\\.\\.?"))
        ? "has a . or .. in it; write the path without."
        : null;
  }

  private static @Nullable String argumentProblem(String argument) {
    String option = argument.replaceFirst("[= ].*", "");
    String remedy = TAKEN_ARGUMENTS.get(option);
    return remedy == null ? null : "can't be given here; " + remedy + ".";
  }
}
