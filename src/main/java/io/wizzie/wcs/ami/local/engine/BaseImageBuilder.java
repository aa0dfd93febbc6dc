package io.wizzie.wcs.ami.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.local.engine.CommandRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the image that instances are launched from, like the distribution's own image on EC2: the
 * host's distribution from the host's mirror, or else one from a container registry, or an image of
 * the user's own; and on top of it one layer that all of them get. It is made once and kept; its
 * reference contains the digest of everything it is made of, so a newer program makes a newer one.
 */
public final class BaseImageBuilder {
  private static final String REPOSITORY = GuestImages.REPOSITORY + "base";
  private static final Duration BUILD = Duration.ofMinutes(20);
  private static final int REF_DIGITS = 16;

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
    this.trees = new SystemTrees(calls, runner, host, workFolder, userImage);
  }

  /**
   * The base image, made if there is none yet: half a minute from a mirror.
   *
   * @param rebuild whether to make it again, with the packages that the mirror has now
   * @param progress is told what is done, line by line
   * @throws BuildException when something of this machine is missing or the mirror fails
   */
  public BaseImage ensure(boolean rebuild, Consumer<String> progress) {
    String recipe =
        Digest.sha256(
            (trees.recipe() + layer.digest()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    String imageRef = REPOSITORY + ":" + recipe.substring(0, REF_DIGITS);
    if (!rebuild) {
      Optional<BaseImage> made = find(imageRef);
      if (made.isPresent()) {
        return made.get();
      }
    }
    try {
      String system = trees.ensure(rebuild, progress);
      progress.accept("preparing it as an instance's system");
      build(system, imageRef, recipe);
    } finally {
      deleteWorkFolder();
    }
    return find(imageRef)
        .orElseThrow(
            () ->
                new BuildException(
                    Category.HOST,
                    "The base image %s is not there after it was made.".formatted(imageRef)));
  }

  /** The base image if it was made already, without making it. */
  public Optional<BaseImage> find() {
    String recipe =
        Digest.sha256(
            (trees.recipe() + layer.digest()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return find(REPOSITORY + ":" + recipe.substring(0, REF_DIGITS));
  }

  private Optional<BaseImage> find(String imageRef) {
    return calls.inspect("image", imageRef).map(image -> describe(imageRef, image));
  }

  private static BaseImage describe(String imageRef, JsonNode image) {
    JsonNode labels = image.path("Config").path("Labels");
    Instant created = OffsetDateTime.parse(image.path("Created").asText()).toInstant();
    String distribution = labels.path(Labels.DISTRIBUTION).asText();
    String name =
        "wcs-ami-local/%s-%s-%s"
            .formatted(
                distribution,
                image.path("Architecture").asText("amd64"),
                DateTimeFormatter.BASIC_ISO_DATE
                    .withZone(ZoneOffset.UTC)
                    .format(created)
                    .substring(0, "yyyymmdd".length()));
    return new BaseImage(
        imageRef,
        name,
        labels.path(Labels.SYSTEM).asText() + " of the local region",
        labels.path(Labels.LOGIN_USER).asText(),
        created,
        image.path("Size").asLong());
  }

  private void build(String system, String imageRef, String recipe) {
    OsRelease release = release(system);
    Path context = workFolder.resolve("layer");
    layer.write(context);
    List<String> arguments = new ArrayList<>(List.of("build", "--no-cache", "--tag", imageRef));
    if (calls.runtime().kind() == ContainerRuntime.Kind.PODMAN) {
      arguments.add("--pull=never");
    }
    arguments.addAll(calls.runtime().limits());
    arguments.addAll(buildArgument("SYSTEM", system));
    arguments.addAll(buildArgument("PACKAGES", String.join(" ", SystemTrees.PACKAGES)));
    arguments.addAll(buildArgument("LOGIN_USER", release.loginUser()));
    arguments.addAll(label(Labels.RECIPE, recipe));
    arguments.addAll(label(Labels.DISTRIBUTION, release.id() + "-" + release.versionId()));
    arguments.addAll(label(Labels.SYSTEM, release.prettyName()));
    arguments.addAll(label(Labels.LOGIN_USER, release.loginUser()));
    arguments.addAll(List.of("--file", context.resolve(BaseLayer.CONTAINERFILE).toString()));
    arguments.add(context.toString());
    calls.call("make the base image " + imageRef, arguments, BUILD);
  }

  /** Which system an image contains: a user's own may be any. */
  private OsRelease release(String system) {
    List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--pull", "never"));
    arguments.addAll(calls.runtime().limits());
    arguments.addAll(List.of("--entrypoint", "", system, "cat", "/etc/os-release"));
    Outcome outcome = calls.attempt(arguments);
    if (!outcome.succeeded()) {
      throw calls.failure("find out which system the image %s contains".formatted(system), outcome);
    }
    return OsRelease.parse(outcome.stdout());
  }

  private static List<String> buildArgument(String name, String value) {
    return List.of("--build-arg", name + "=" + value);
  }

  private static List<String> label(String name, String value) {
    return List.of("--label", name + "=" + value);
  }

  private void deleteWorkFolder() {
    if (!Files.exists(workFolder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(workFolder)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException undeletable) {
      throw new BuildException(
          Category.HOST,
          "%s cannot be removed: %s. Remove it by hand."
              .formatted(workFolder, undeletable.getMessage()),
          undeletable);
    }
  }
}
