package io.wizzie.wcs.ami.local.engine;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.local.engine.CommandRunner.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the system comes from that the base image is made of. */
final class SystemTrees {
  /** What a cloud image of the distribution has, or what cookbooks expect to be there. */
  static final List<String> PACKAGES =
      List.of(
          "systemd-sysv",
          "dbus",
          "libpam-systemd",
          "openssh-server",
          "cloud-init",
          "sudo",
          "ca-certificates",
          "curl",
          "wget",
          "python3",
          "ruby",
          "gnupg",
          "locales",
          "tzdata",
          "iproute2",
          "iputils-ping",
          "netbase",
          "procps",
          "psmisc",
          "kmod",
          "less",
          "vim-tiny",
          "lsb-release",
          "bash-completion",
          "cron",
          "logrotate",
          "file",
          "xz-utils",
          "unzip",
          "rsync");

  private static final String REPOSITORY = GuestImages.REPOSITORY + "system";

  /** For hosts whose own distribution can't be made with mmdebstrap. */
  private static final String CONTAINER_IMAGE = "docker.io/library/debian:12";

  private static final Set<String> MADE_WITH_MMDEBSTRAP = Set.of("debian", "ubuntu");
  private static final Duration DOWNLOAD = Duration.ofMinutes(20);
  private static final Pattern PROXY = Pattern.compile("(?m)^(https?)='(.*)'$");
  private static final int REF_DIGITS = 16;

  private final RuntimeCalls calls;
  private final CommandRunner runner;
  private final HostSystem host;
  private final Path workFolder;
  private final @Nullable String userImage;

  SystemTrees(
      RuntimeCalls calls,
      CommandRunner runner,
      HostSystem host,
      Path workFolder,
      @Nullable String userImage) {
    this.calls = calls;
    this.runner = runner;
    this.host = host;
    this.workFolder = workFolder;
    this.userImage = userImage;
  }

  /** What the tree is made of, as text that changes when something else would come out. */
  String recipe() {
    if (userImage != null) {
      // The name may come to mean another image.
      return "image "
          + calls
              .inspect("image", userImage)
              .map(image -> image.path("Id").asText())
              .orElse(userImage);
    }
    return isMadeFromMirror()
        ? String.join(
            "\n",
            "mmdebstrap",
            host.release().codename(),
            host.sources().toString(),
            PACKAGES.toString())
        : "image " + CONTAINER_IMAGE;
  }

  /** The reference of a container image with the tree, made or downloaded if there is none. */
  String ensure(boolean rebuild, Consumer<String> progress) {
    if (userImage != null) {
      return pulled(userImage, false, progress);
    }
    return isMadeFromMirror()
        ? mirrored(rebuild, progress)
        : pulled(CONTAINER_IMAGE, rebuild, progress);
  }

  private boolean isMadeFromMirror() {
    return MADE_WITH_MMDEBSTRAP.contains(host.release().id())
        && host.release().codename() != null
        && !host.sources().isEmpty();
  }

  private String pulled(String image, boolean again, Consumer<String> progress) {
    if (again || calls.inspect("image", image).isEmpty()) {
      progress.accept("downloading the container image " + image);
      Outcome outcome = calls.attempt(List.of("pull", image), DOWNLOAD);
      if (!outcome.succeeded()) {
        throw new BuildException(
            Category.HOST,
            "The container image %s cannot be had: %s. Name one that is on this machine as the"
                    .formatted(image, outcome.reason())
                + " local region's base image, or work on Debian or Ubuntu, where none is needed.");
      }
    }
    return image;
  }

  private String mirrored(boolean rebuild, Consumer<String> progress) {
    String imageRef =
        REPOSITORY
            + ":"
            + Digest.sha256(recipe().getBytes(StandardCharsets.UTF_8)).substring(0, REF_DIGITS);
    if (!rebuild && calls.inspect("image", imageRef).isPresent()) {
      return imageRef;
    }
    progress.accept(
        "making %s from this machine's mirror with mmdebstrap (half a minute)"
            .formatted(host.release().prettyName()));
    Path tar = workFolder.resolve("system.tar");
    try {
      Files.createDirectories(workFolder);
    } catch (IOException uncreatable) {
      throw new BuildException(
          Category.HOST,
          "%s cannot be created: %s.".formatted(workFolder, uncreatable.getMessage()),
          uncreatable);
    }
    debootstrap(tar, progress);
    progress.accept("importing it as a container image");
    calls.call(
        "import the system of the base image",
        List.of("import", tar.toString(), imageRef),
        DOWNLOAD);
    return imageRef;
  }

  private void debootstrap(Path tar, Consumer<String> progress) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mmdebstrap",
                "--variant=minbase",
                "--format=tar",
                "--keyring=" + host.release().keyring(),
                "--include=" + String.join(",", PACKAGES),
                "--dpkgopt=force-unsafe-io"));
    for (String option : proxies()) {
      command.add("--aptopt=" + option);
    }
    // What mmdebstrap takes over from the host, and the option above, are not the guest's.
    command.add(
        "--customize-hook=rm -f \"$1\"/etc/dpkg/dpkg.cfg.d/99mmdebstrap \"$1\"/etc/hostname");
    command.add("--customize-hook=echo localhost >\"$1\"/etc/hostname");
    command.add("--customize-hook=echo 127.0.0.1 localhost >\"$1\"/etc/hosts");
    command.add("--customize-hook=rm -f \"$1\"/etc/resolv.conf && touch \"$1\"/etc/resolv.conf");
    command.add(String.valueOf(host.release().codename()));
    command.add(tar.toString());
    command.addAll(host.sources());
    Outcome outcome = runner.run(command, DOWNLOAD, line -> progress.accept("mmdebstrap: " + line));
    if (outcome.exitCode() == CommandRunner.NOT_FOUND) {
      throw new BuildException(
          Category.HOST,
          "The local region makes its base image with mmdebstrap: install it (apt-get install"
              + " mmdebstrap), or name a container image of your own as the base image.");
    }
    if (!outcome.succeeded()) {
      throw new BuildException(
          Category.HOST,
          "mmdebstrap could not make %s from this machine's mirror: %s. Does `apt-get update` work?"
              .formatted(host.release().prettyName(), errors(outcome)));
    }
  }

  /** The proxies that apt uses on this machine: mmdebstrap does not look at its configuration. */
  private List<String> proxies() {
    Outcome outcome =
        runner.run(
            List.of(
                "apt-config",
                "shell",
                "http",
                "Acquire::http::Proxy",
                "https",
                "Acquire::https::Proxy"),
            Duration.ofSeconds(30));
    List<String> options = new ArrayList<>();
    Matcher proxy = PROXY.matcher(outcome.stdout());
    while (proxy.find()) {
      options.add("Acquire::%s::Proxy \"%s\"".formatted(proxy.group(1), proxy.group(2)));
    }
    return options;
  }

  private static String errors(Outcome outcome) {
    return outcome
        .stderr()
        .lines()
        .filter(line -> line.startsWith("E: "))
        .findFirst()
        .map(line -> line.substring("E: ".length()))
        .orElse(outcome.reason());
  }
}
