package io.wizzie.wcs.ami.localregion.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sha256;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import io.wizzie.wcs.ami.localregion.model.BaseImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the image that instances are launched from, like the distribution's own image on EC2: the
 * host's distribution from the host's mirror, or else one from a container registry, or an image of
 * the user's own; and on top of it one layer that all of them get. It is made once and kept; its
 * reference contains the digest of everything it is made of, so a newer program makes a newer one.
 */
public final class BaseImageBuilder {
  /**
   * Debian's login user on EC2, and also that of guests made from Ubuntu: one configuration then
   * serves whatever the host is.
   */
  private static final String LOGIN_USER = "admin";

  private static final String REPOSITORY = GuestImages.REPOSITORY + "base";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final Duration BUILD = Duration.ofMinutes(20);

  private final RuntimeCalls calls;
  private final SystemTrees trees;
  private final BaseLayer layer = new BaseLayer();
  private final Path workFolder;

  BaseImageBuilder(
      RuntimeCalls calls,
      CommandRunner runner,
      HostSystem host,
      Path stateFolder,
      @Nullable String userImage) {
    this.calls = calls;
    this.workFolder = stateFolder.resolve("base-image");
    this.trees = new SystemTrees(calls, new Mmdebstrap(runner, host), host, workFolder, userImage);
  }

  /**
   * The base image, made if there is none yet: about half a minute from a mirror.
   *
   * @param rebuild whether to make it again, with the packages that the mirror has now
   * @param progress is told what is done, line by line
   * @throws BuildException when something of this machine is missing or the mirror fails
   */
  public BaseImage ensure(boolean rebuild, Consumer<String> progress) {
    if (!rebuild) {
      Optional<BaseImage> made = find();
      if (made.isPresent()) {
        return made.get();
      }
    }
    // Of two processes that want it at once, the second finds what the first has made.
    return HostFiles.locked(
        workFolder.resolveSibling("base-image.lock"),
        () -> {
          Optional<BaseImage> meanwhile = rebuild ? Optional.empty() : find();
          return meanwhile.orElseGet(() -> make(rebuild, progress));
        });
  }

  /** The base image if it was made already, without making it. */
  public Optional<BaseImage> find() {
    String imageRef = imageRef();
    return calls.inspect("image", imageRef).map(image -> describe(imageRef, image));
  }

  private BaseImage make(boolean rebuild, Consumer<String> progress) {
    try {
      Optional<String> oldSystem = rebuild ? trees.replaceable() : Optional.empty();
      String system = trees.ensure(rebuild, progress);
      progress.accept("preparing it as the system of an instance");
      Optional<String> oldBase = calls.imageId(imageRef());
      build(system, imageRef());
      oldBase.ifPresent(calls::removeReplacedImage);
      oldSystem.ifPresent(calls::removeReplacedImage);
    } finally {
      HostFiles.delete(workFolder);
    }
    return find()
        .orElseThrow(
            () ->
                Category.HOST.failure(
                    "The base image %s is not there after it was made: was it removed meanwhile?"
                        .formatted(imageRef())));
  }

  private String imageRef() {
    String recipe = trees.recipe() + "\n" + layer.digest();
    return REPOSITORY + ":" + Sha256.shortened(recipe.getBytes(StandardCharsets.UTF_8));
  }

  private static BaseImage describe(String imageRef, JsonNode image) {
    JsonNode labels = image.path("Config").path("Labels");
    Instant created = OffsetDateTime.parse(image.path("Created").asText()).toInstant();
    return new BaseImage(
        imageRef,
        "wcs-ami-local/%s-%s-%s"
            .formatted(
                labels.path(Labels.DISTRIBUTION).asText(),
                image.path("Architecture").asText(),
                DAY.format(created)),
        created,
        image.path("Size").asLong(),
        GuestFiles.architecture());
  }

  private void build(String system, String imageRef) {
    OsRelease release = release(system);
    Path context = workFolder.resolve("layer");
    layer.write(context);
    // The files that the layer is made of are no part of what a cache would compare.
    List<String> arguments = new ArrayList<>(List.of("build", "--no-cache", "--tag", imageRef));
    if (calls.runtime().kind() == ContainerRuntime.Kind.PODMAN) {
      arguments.add("--pull=never");
    }
    arguments.addAll(calls.runtime().limits());
    arguments.addAll(option("--build-arg", "SYSTEM", system));
    arguments.addAll(option("--build-arg", "PACKAGES", String.join(" ", trees.packages())));
    arguments.addAll(option("--build-arg", "LOGIN_USER", LOGIN_USER));
    arguments.addAll(
        option("--label", Labels.DISTRIBUTION, release.id() + "-" + release.versionId()));
    arguments.addAll(List.of("--file", context.resolve(BaseLayer.CONTAINERFILE).toString()));
    arguments.add(context.toString());
    Outcome outcome = calls.attempt(arguments, BUILD);
    if (!outcome.succeeded()) {
      throw Category.HOST.failure(
          "The base image could not be made of %s: %s. `wcs-ami local up --rebuild` tries again."
              .formatted(system, buildError(outcome)));
    }
  }

  /** The program's last words only say which step failed; the script and apt say why. */
  private static String buildError(Outcome outcome) {
    return (outcome.stderr() + outcome.stdout())
        .lines()
        .filter(line -> line.startsWith("prepare: ") || line.startsWith("E: "))
        .findFirst()
        .orElse(outcome.reason());
  }

  /** Which system an image contains: a user's own may be any. */
  private OsRelease release(String system) {
    List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--pull", "never"));
    arguments.addAll(calls.runtime().limits());
    arguments.addAll(List.of("--entrypoint", "", system, "cat", "/etc/os-release"));
    return OsRelease.parse(
        calls.call("find out which system the image %s contains".formatted(system), arguments));
  }

  private static List<String> option(String option, String name, String value) {
    return List.of(option, name + "=" + value);
  }
}
