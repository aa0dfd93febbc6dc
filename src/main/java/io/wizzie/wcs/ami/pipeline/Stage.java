package io.wizzie.wcs.ami.pipeline;

import java.util.Arrays;
import java.util.List;

/**
 * The stages, those of a build in their order: {@link Recipe} runs them, and the table of
 * architecture.md, the events and the manifest are made of this.
 */
public enum Stage {
  RESOLVE(
      "resolve",
      "Resolve the source image",
      "finds the source image: EBS-backed, HVM, with a root device"),
  CHECK(
      "check",
      "Check the image name, the cookbooks and the network",
      "image name still free, cookbooks and run lists whole, subnet and VPC known; nothing was"
          + " created so far"),
  ACCESS(
      "access",
      "Create SSH access (key pair, security group)",
      "temporary key pair and security group that admits the operator's address or"
          + " `builder.sourceCidrs` only, and an SSH host key made here"),
  BUNDLE(
      "bundle",
      "Bundle the cookbooks",
      "packs cookbooks, roles, data bags and settings, while the builder boots"),
  LAUNCH(
      "launch",
      "Launch the builder",
      "RunInstances with client token and tags, IMDSv2 required, the host key in user data,"
          + " self-termination armed (`builder.lifetime`)"),
  CONNECT(
      "connect",
      "Connect to the builder",
      "SSH with that host key pinned: a server that presents another one is refused"),
  READY("ready", "Wait for cloud-init and apt", "waits for cloud-init and for apt's locks"),
  CHEF(
      "chef",
      "Install Chef",
      "installs Chef by pinned URL and SHA-256, from a file, or finds the one that is there"),
  CONVERGE(
      "converge",
      "Converge the provision run list",
      "streams the bundle over one channel and runs chef-solo as a transient unit whose output is"
          + " followed, across reboots and lost connections"),
  HOOK(
      "hook",
      "Install the bootstrap hook",
      "installs what converges the bootstrap cookbooks at first boot"),
  AUDIT("audit", "Audit the guest", "looks in the guest for what the Marketplace refuses"),
  INVENTORY("inventory", "List what is installed", "lists packages, container images and gems"),
  CLEAN(
      "clean",
      "Clean the guest",
      "removes keys, histories, logs, identities and caches from the guest, and looks again"),
  STOP("stop", "Stop the builder", "StopInstances, when the image's name is still free"),
  IMAGE("image", "Create the image", "CreateImage, and waits for image and snapshots"),
  ATTRIBUTES("attributes", "Set the image's attributes", "IMDSv2 only"),
  AUDIT_IMAGE(
      "audit-image",
      "Audit the image's attributes",
      "checks the AMI's attributes by the same rules"),
  VERIFY_LAUNCH(
      "verify-launch",
      "Launch instances of the image as a buyer would",
      "with `--verify`, as the next four: two instances of the image, one with a buyer's own user"
          + " data"),
  VERIFY_BOOT("verify-boot", "Wait for the first boot", "its bootstrap has converged"),
  VERIFY_CHECKS(
      "verify-checks",
      "Check the services from inside and outside",
      "`verify.checks`, inside and from here"),
  VERIFY_AUDIT(
      "verify-audit",
      "Audit the instance",
      "the guest's audit again, where nothing hides below a mount"),
  VERIFY_USER_DATA(
      "verify-user-data",
      "Check an instance that has a buyer's own user data",
      "the same checks on the second instance"),
  FINISH("finish", "Mark the image as finished", "marks the image as one that is handed out"),
  REMOVE(
      "remove",
      "Remove what was temporary",
      "builder, security group, key pair (the last already while the image is pending)"),

  // Of a build that is resumed.
  LOOK("look", "Look at what the build has left"),
  AWAIT_IMAGE("image", "Wait for the image"),
  FINISHED_IMAGE("image", "Look at the image"),

  // Of the commands audit and verify.
  FIND_IMAGE("resolve", "Find the image"),
  AUDIT_LAUNCH("launch", "Launch an instance as a buyer does"),
  AUDIT_CONNECT("connect", "Connect to the instance"),
  FIRST_BOOT("ready", "Wait for the first boot to end"),
  AUDIT_INSTANCE("audit", "Audit the instance");

  private final String id;
  private final String title;
  private final String does;

  Stage(String id, String title) {
    this(id, title, "");
  }

  Stage(String id, String title, String does) {
    this.id = id;
    this.title = title;
    this.does = does;
  }

  /** Those of a build, in order; the ones that {@code --verify} adds have names that say so. */
  public static List<Stage> ofBuild() {
    return Arrays.stream(values()).filter(stage -> !stage.does.isEmpty()).toList();
  }

  /** Its stable name, such as {@code launch}, in events, manifest and messages. */
  public String id() {
    return id;
  }

  /** What a display calls it. */
  public String title() {
    return title;
  }

  /** What it does, as architecture.md says it. */
  public String does() {
    return does;
  }
}
