package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.config.Durations;
import io.wizzie.wcs.ami.config.TextRule;
import io.wizzie.wcs.ami.config.TextRule.Kind;
import io.wizzie.wcs.ami.config.TextRules;
import io.wizzie.wcs.ami.config.reader.Shape.Attributes;
import io.wizzie.wcs.ami.config.reader.Shape.Field;
import io.wizzie.wcs.ami.config.reader.Shape.Flag;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import io.wizzie.wcs.ami.config.reader.Shape.ListOf;
import io.wizzie.wcs.ami.config.reader.Shape.MapOf;
import io.wizzie.wcs.ami.config.reader.Shape.Text;
import io.wizzie.wcs.ami.config.reader.Shape.Whole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every field of the configuration with its type, default and description: the one place that the
 * reader, the JSON Schema and the reference in the README are made from. Long, because it is a
 * table.
 */
public final class FieldTable {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Tags that one map may have: EC2 allows 50 on a resource, and ten are left to wcs-ami's own.
   *
   * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html">Tags</a>
   */
  static final int MAXIMUM_TAGS = 40;

  public static final Group BUILD =
      Group.of(
          List.of(
              field(
                  "region",
                  new Text(TextRules.REGION),
                  null,
                  "Where to build: an AWS region, or `local` for the one that runs on this machine."
                      + " `--region` and `AWS_REGION` go before it."),
              field(
                  "version",
                  new Text(TextRules.VERSION),
                  null,
                  "Version of the product in the image, `{version}` in names. Required."),
              group("sourceImage", sourceImage(), "Which image the builder is launched from."),
              group("builder", builder(), "The instance that the image is made of."),
              group("ssh", ssh(), "How the builder is logged in to."),
              group("chef", chef(), "Which chef-solo converges, and how."),
              group("provision", provision(), "What is converged before the image exists."),
              group(
                  "bootstrap",
                  bootstrap(),
                  "What every instance of the image converges at its first boot."),
              group("image", image(), "The image that is made."),
              group("audit", audit(), "How the image is audited."),
              group(
                  "verify",
                  verify(),
                  "How an image is tried out by `wcs-ami verify` and `build --verify`."),
              group(
                  "timeouts",
                  timeouts(),
                  "How long EC2 and the guest are waited for, where no other field says it.")));

  /** What a region may override: everything but the region itself. */
  private static final Group OVERRIDES =
      Group.of(
          BUILD.fields().values().stream()
              .filter(field -> !field.name().equals("region"))
              .toList());

  /** A whole file. */
  static final Group FILE = file();

  private FieldTable() {}

  private static Group file() {
    List<Field> fields = new ArrayList<>();
    fields.add(
        field(
            "$schema",
            new Text(TextRule.any("./wcs-ami.schema.json", 0, 4096, Kind.PLAIN)),
            null,
            "The JSON Schema, for editors. wcs-ami itself ignores it."));
    fields.addAll(BUILD.fields().values());
    fields.add(
        field(
            "regions",
            new MapOf(TextRules.REGION, OVERRIDES, 100),
            null,
            "By name of a region, what is different there. Any field but `region`; null goes back"
                + " to the default."));
    return Group.of(fields);
  }

  private static List<Field> sourceImage() {
    return List.of(
        field(
            "imageId",
            new Text(TextRules.IMAGE_ID),
            null,
            "The image itself. Otherwise `owners` and `filters` find it."),
        field(
            "owners",
            listOf(TextRules.OWNER),
            "[]",
            "Whose images are looked at: account IDs, `self`, `amazon`, `aws-marketplace`."
                + " Required with `filters`: anybody can publish an image by any name."),
        field("filters", filters(), "{}", "Filters of DescribeImages, each with its values."),
        field(
            "mostRecent",
            new Flag(),
            "false",
            "Take the newest of several matches; otherwise exactly one must match."),
        field("includeDeprecated", new Flag(), "false", "Look at deprecated images too."));
  }

  private static List<Field> builder() {
    return List.of(
        field(
            "instanceTypes",
            new ListOf(new Text(TextRules.INSTANCE_TYPE), 1),
            "[\"t3.medium\"]",
            "Instance types in order of preference; the next one is tried when EC2 lacks capacity in"
                + " all subnets."),
        field("subnetId", new Text(TextRules.SUBNET_ID), null, "Subnet to launch in."),
        field(
            "subnetIds",
            listOf(TextRules.SUBNET_ID),
            "[]",
            "Several subnets of one VPC in order of preference; where EC2 lacks capacity for an"
                + " instance type in one, the next is tried, and then the next type."),
        field(
            "subnetFilters",
            filters(),
            "{}",
            "Filters of DescribeSubnets; of several matches the one with the most free addresses is"
                + " tried first. Without any of these, the default subnets."),
        field(
            "securityGroupIds",
            listOf(TextRules.SECURITY_GROUP_ID),
            "[]",
            "Existing security groups. Without them a temporary one is made that admits SSH only."),
        field(
            "sourceCidrs",
            listOf(TextRules.CIDR),
            "[]",
            "Who may connect through the temporary security group. Without them only this machine's"
                + " address, as seen from outside."),
        field(
            "associatePublicIpAddress",
            new Flag(),
            null,
            "Whether the builder gets a public address. Without it the subnet decides."),
        field(
            "iamInstanceProfile",
            new Text(TextRules.INSTANCE_PROFILE),
            null,
            "Name or ARN of an instance profile. Needs `iam:PassRole`."),
        group("rootVolume", rootVolume(), "The root volume, set at launch, and so the image's."),
        field(
            "userDataFile",
            new Text(TextRules.FILE),
            null,
            "cloud-config or script that is added to the builder's own user data."),
        field(
            "tags",
            tags(TextRules.TAG_VALUE),
            "{}",
            "Tags of everything that exists only during the build."),
        field(
            "lifetime",
            new Text(Durations.between("10m", "7d", "2h")),
            "\"2h\"",
            "After this time an abandoned builder ends itself."),
        field(
            "launchTimeout",
            new Text(Durations.between("10s", "1h", "5m")),
            "\"5m\"",
            "How long the instance may take to run."),
        field(
            "httpPutResponseHopLimit",
            new Whole(1, 64),
            "1",
            "How far IMDSv2's token may travel; containers on the builder need 2. IMDSv2 itself is"
                + " always required."));
  }

  private static List<Field> rootVolume() {
    return List.of(
        field("volumeSize", new Whole(1, 65_536), "30", "Size in GiB."),
        field("volumeType", new Text(TextRules.VOLUME_TYPE), "\"gp3\"", "EBS volume type."),
        field(
            "iops",
            new Whole(100, 256_000),
            null,
            "I/O operations per second: gp3, io1 and io2. Without it the type's own."),
        field(
            "throughput",
            new Whole(125, 2_000),
            null,
            "MiB per second: gp3 only. Without it 125."));
  }

  private static List<Field> ssh() {
    return List.of(
        field("user", new Text(TextRules.USER), "\"ubuntu\"", "Login user of the source image."),
        field("port", new Whole(1, 65_535), "22", "Port of the SSH server."),
        field(
            "timeout",
            new Text(Durations.between("10s", "1h", "5m")),
            "\"5m\"",
            "From the instance running to a usable login."),
        field(
            "address",
            new Text(
                TextRule.oneOf("auto", "public_ip", "private_ip", "public_dns", "private_dns")),
            "\"auto\"",
            "Which address is connected to; `auto` is the public one where there is one."),
        field(
            "keyType",
            new Text(TextRule.oneOf("ed25519", "rsa")),
            "\"ed25519\"",
            "Type of the temporary key pair."),
        field(
            "keyName",
            new Text(TextRules.KEY_NAME),
            null,
            "An existing key pair; `privateKeyFile` or `agent` has its private key. Without it a"
                + " temporary key pair is made."),
        field("privateKeyFile", new Text(TextRules.FILE), null, "Private key of `keyName`."),
        field(
            "agent",
            new Flag(),
            "false",
            "Log in with the key of `keyName` that an SSH agent has."));
  }

  private static List<Field> chef() {
    return List.of(
        field(
            "product",
            new Text(TextRule.oneOf("cinc", "chef")),
            "\"cinc\"",
            "Cinc, the community's build that needs no licence key, or Chef."),
        field(
            "version",
            new Text(TextRules.CHEF_VERSION),
            null,
            "Version that must be there in the end. Without it any."),
        group(
            "package",
            List.of(
                field(
                    "url",
                    new Text(TextRules.URL),
                    null,
                    "Where the guest downloads the package; `sha256` is required with it."),
                field(
                    "file",
                    new Text(TextRules.FILE),
                    null,
                    "A package on this machine, uploaded to the guest."),
                field("sha256", new Text(TextRules.SHA256), null, "What the package must be.")),
            "The package to install: `url` or `file`. Without it Chef is in the source image."),
        field(
            "soloPath",
            new Text(TextRules.GUEST_PATH),
            null,
            "chef-solo in the guest. Without it `/opt/cinc/bin/chef-solo` or"
                + " `/opt/chef/bin/chef-solo`, after the product."),
        field(
            "fallbackSoloPath",
            new Text(TextRules.GUEST_PATH),
            null,
            "chef-solo in the source image for when the package can't be downloaded. Only in"
                + " `regions.local`."),
        field("logLevel", new Text(TextRules.LOG_LEVEL), "\"info\"", "Chef's log level."),
        field(
            "extraArguments",
            listOf(TextRules.CHEF_ARGUMENT),
            "[]",
            "More arguments for chef-solo, passed on as they are."));
  }

  private static List<Field> provision() {
    return List.of(
        cookbookPaths(),
        field("rolesPath", new Text(TextRules.FOLDER), null, "Folder of roles."),
        field("dataBagsPath", new Text(TextRules.FOLDER), null, "Folder of data bags."),
        field("environmentsPath", new Text(TextRules.FOLDER), null, "Folder of environments."),
        field(
            "environment",
            new Text(TextRules.ENVIRONMENT),
            null,
            "Chef environment, one of `environmentsPath`."),
        field(
            "encryptedDataBagSecretFile",
            new Text(TextRules.FILE),
            null,
            "Secret of the encrypted data bags. It never gets into the image."),
        runList("provision"),
        attributes(),
        field(
            "timeout",
            new Text(Durations.between("1m", "1d", "1h")),
            "\"1h\"",
            "For the whole converge, reboots included."));
  }

  private static List<Field> bootstrap() {
    return List.of(
        cookbookPaths(),
        runList("bootstrap"),
        attributes(),
        field(
            "logFile",
            new Text(TextRules.GUEST_PATH),
            "\"/var/log/wcs-bootstrap.log\"",
            "Log of the first boot's converge."),
        field(
            "timeout",
            new Text(Durations.between("1m", "1d", "30m")),
            "\"30m\"",
            "After this time the first boot's converge is ended and counts as failed."));
  }

  private static List<Field> image() {
    return List.of(
        field(
            "name",
            new Text(TextRules.NAME_TEMPLATE),
            "\"wcs-{version}-{build-id}\"",
            "Name, unique in account and region. `{timestamp}` (yyyyMMddHHmmss, UTC), `{version}`"
                + " and `{build-id}` are filled in, in description and tags too."),
        field("description", new Text(TextRules.DESCRIPTION_TEMPLATE), "\"\"", "Description."),
        field("tags", tags(TextRules.TAG_TEMPLATE), "{}", "Tags of the image."),
        field("snapshotTags", tags(TextRules.TAG_TEMPLATE), "{}", "Tags of its snapshots."),
        field(
            "imdsV2Only",
            new Flag(),
            "true",
            "Instances of the image answer IMDSv2 only, unless launched otherwise."),
        field(
            "timeout",
            new Text(Durations.between("1m", "1d", "1h")),
            "\"1h\"",
            "How long the image may be pending."));
  }

  private static List<Field> audit() {
    return List.of(
        field(
            "waivers",
            new ListOf(Group.of(waiver()), 0),
            "[]",
            "Findings of the audit that are meant to be so. They show in the manifest, with their"
                + " reasons."));
  }

  private static List<Field> waiver() {
    return List.of(
        field(
            "check",
            new Text(TextRules.CHECK_ID),
            null,
            "ID of the check whose findings are accepted. Required."),
        field(
            "path",
            new Text(TextRules.FINDING_PATH),
            null,
            "Which ones: the path that the finding names, with `*` and `**` for any part of it."
                + " Without it all of the check."),
        field(
            "reason", new Text(TextRules.REASON), null, "Why, for those who ask later. Required."));
  }

  private static List<Field> verify() {
    return List.of(
        field(
            "instanceTypes",
            new ListOf(new Text(TextRules.INSTANCE_TYPE), 1),
            "[\"t3.xlarge\", \"m5.xlarge\"]",
            "Instance types in order of preference, fit for what the image is for."),
        field(
            "timeout",
            new Text(Durations.between("1m", "1d", "40m")),
            "\"40m\"",
            "How long the first boot may take, `bootstrap.timeout` included."),
        field(
            "checksTimeout",
            new Text(Durations.between("1s", "1h", "5m")),
            "\"5m\"",
            "How long the checks may take to pass after it."),
        field(
            "checks",
            new ListOf(Group.of(smokeCheck()), 0),
            "[]",
            "What must work after the first boot: each one of `tcp`, `http`, `unit`, `command`. The"
                + " first two are tried from outside as well."));
  }

  private static List<Field> smokeCheck() {
    return List.of(
        field("tcp", new Whole(1, 65_535), null, "A port that something must listen on."),
        field("http", new Whole(1, 65_535), null, "A port that must serve a page over HTTP."),
        field("path", new Text(TextRules.HTTP_PATH), null, "Path of that page. Without it `/`."),
        field(
            "status",
            new Whole(100, 599),
            null,
            "Its HTTP status; redirections are not followed. Without it any from 200 to 399."),
        field("text", new Text(TextRules.PAGE_TEXT), null, "Text that the page must contain."),
        field("unit", new Text(TextRules.UNIT), null, "A systemd unit that must be active."),
        field(
            "command",
            new Text(TextRules.CHECK_COMMAND),
            null,
            "A command of root's shell that must exit 0."));
  }

  private static List<Field> timeouts() {
    return List.of(
        field(
            "repeat",
            new Text(Durations.between("0s", "1h", "2m")),
            "\"2m\"",
            "How long one call is repeated that EC2 throttles, fails at or does not answer."),
        field(
            "visible",
            new Text(Durations.between("0s", "30m", "1m")),
            "\"1m\"",
            "How long what was just made may be unknown to EC2."),
        field(
            "stop",
            new Text(Durations.between("10s", "1h", "10m")),
            "\"10m\"",
            "How long the builder may take to stop."),
        field(
            "terminate",
            new Text(Durations.between("10s", "1h", "10m")),
            "\"10m\"",
            "How long the builder may take to terminate."),
        field(
            "release",
            new Text(Durations.between("0s", "1h", "3m")),
            "\"3m\"",
            "How long a security group or snapshot may stay in use after its user is gone."),
        field(
            "credentials",
            new Text(Durations.between("0s", "1d", "15m")),
            "\"15m\"",
            "How long the build pauses for new credentials when the ones in use expire; 0s gives up"
                + " at once."),
        field(
            "login",
            new Text(Durations.between("1s", "10m", "30s")),
            "\"30s\"",
            "How long one try to log in may take, from the TCP connection to a usable login."),
        field(
            "rejection",
            new Text(Durations.between("0s", "1h", "1m")),
            "\"1m\"",
            "How long a key that the server rejects is tried on: cloud-init may still be making the"
                + " user."),
        field(
            "cloudInit",
            new Text(Durations.between("1s", "6h", "15m")),
            "\"15m\"",
            "How long the builder's cloud-init may take, and then whoever holds apt's locks."),
        field(
            "chefInstall",
            new Text(Durations.between("1s", "1d", "1h")),
            "\"1h\"",
            "How long getting Chef's package into the builder and installing it may take."),
        field(
            "reboot",
            new Text(Durations.between("1s", "6h", "15m")),
            "\"15m\"",
            "How long a reboot that the cookbooks ask for may take to come, `provision.timeout`"
                + " permitting."),
        field(
            "guestAudit",
            new Text(Durations.between("1s", "6h", "15m")),
            "\"15m\"",
            "How long the audit may look through the builder, or an instance of the image."),
        field(
            "inventory",
            new Text(Durations.between("1s", "6h", "5m")),
            "\"5m\"",
            "How long listing what is installed may take."),
        field(
            "guestCleaning",
            new Text(Durations.between("1s", "6h", "10m")),
            "\"10m\"",
            "How long the builder's cleaning may take."),
        field(
            "guestCommand",
            new Text(Durations.between("1s", "1h", "2m")),
            "\"2m\"",
            "How long any other command in a guest may take: all that only look, or write a small file."));
  }

  private static Field cookbookPaths() {
    return field(
        "cookbookPaths",
        listOf(TextRules.FOLDER),
        "[]",
        "Folders of cookbooks; a cookbook in a later one wins, as in Chef.");
  }

  private static Field runList(String phase) {
    return field(
        "runList",
        listOf(TextRules.RUN_LIST_ITEM),
        "[]",
        phase.equals("provision")
            ? "Recipes and roles, in order."
            : "Recipes, in order. There are no roles at this time.");
  }

  private static Field attributes() {
    return field("attributes", new Attributes(), "{}", "The node's own attributes.");
  }

  private static Shape listOf(TextRule element) {
    return new ListOf(new Text(element), 0);
  }

  private static Shape filters() {
    return new MapOf(TextRules.FILTER_NAME, new ListOf(new Text(TextRules.FILTER_VALUE), 1), 50);
  }

  private static Shape tags(TextRule value) {
    return new MapOf(TextRules.TAG_KEY, new Text(value), MAXIMUM_TAGS);
  }

  private static Field group(String name, List<Field> fields, String description) {
    return new Field(name, Group.of(fields), null, description);
  }

  private static Field field(
      String name, Shape shape, @Nullable String defaultJson, String description) {
    try {
      JsonNode value = defaultJson == null ? null : JSON.readTree(defaultJson);
      return new Field(name, shape, value, description);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The default of " + name + " is not JSON", e);
    }
  }
}
