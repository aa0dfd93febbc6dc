package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.build.BuildOptions.OnError;
import io.wizzie.wcs.ami.build.BuildOutcome.Built;
import io.wizzie.wcs.ami.build.BuildOutcome.Failed;
import io.wizzie.wcs.ami.build.BuildOutcome.Interrupted;
import io.wizzie.wcs.ami.publish.LaunchableImage;
import io.wizzie.wcs.ami.publish.TemplateFiles;
import io.wizzie.wcs.ami.spec.BuildSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** One build, from specification to image. */
public final class ImageBuild {
  private final BuildSpec spec;
  private final BuildOptions options;
  private final BuildParts parts;
  private final EventStream events;
  private final GuestSteps guest;
  private final RandomGenerator jitter;

  public ImageBuild(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(spec, options, parts, new EventStream(parts.clock(), parts.events()));
  }

  private ImageBuild(BuildSpec spec, BuildOptions options, BuildParts parts, EventStream events) {
    this(
        spec,
        options,
        parts,
        events,
        new RealGuestSteps(spec, parts.clock(), events),
        RandomGenerator.getDefault());
  }

  ImageBuild(
      BuildSpec spec,
      BuildOptions options,
      BuildParts parts,
      EventStream events,
      GuestSteps guest,
      RandomGenerator jitter) {
    this.spec = spec;
    this.options = options;
    this.parts = parts;
    this.events = events;
    this.guest = guest;
    this.jitter = jitter;
  }

  /**
   * Builds. Never throws: the outcome says what failed and what is left. An interrupt of the thread
   * ends the build; everything is removed before this returns, with the flag set again.
   */
  public BuildOutcome run() {
    Workshop workshop;
    try {
      workshop = Workshop.open(options, parts, events, jitter);
    } catch (BuildException failed) {
      return new Failed(failed, true, false, List.of());
    }
    BuildOutcome outcome;
    try {
      new KnownSecrets(parts.clock(), events).announce(spec);
      outcome = new Built(new Pipeline(spec, options, parts, guest, workshop).run());
      writeManifest(((Built) outcome).result(), workshop);
      writeTemplate(((Built) outcome).result(), workshop);
    } catch (RuntimeException | Error thrown) {
      outcome = failed(Failures.of(thrown), workshop);
    }
    close(workshop, outcome);
    return outcome;
  }

  private BuildOutcome failed(BuildException failure, Workshop workshop) {
    boolean interrupted =
        failure.category() == Category.INTERRUPTED || Thread.currentThread().isInterrupted();
    boolean kept = !interrupted && options.onError() == OnError.KEEP;
    List<Leftover> left = kept ? keep(workshop) : remove(workshop);
    if (!interrupted) {
      return new Failed(failure, !workshop.creations().any(), kept, left);
    }
    Thread.currentThread().interrupt();
    return new Interrupted(failure, left);
  }

  private List<Leftover> remove(Workshop workshop) {
    return workshop.cleanup().isEmpty() ? List.of() : workshop.removeAll();
  }

  private List<Leftover> keep(Workshop workshop) {
    List<Leftover> left = workshop.cleanup().leaveAll("kept on purpose (--on-error keep)");
    try {
      workshop.kept().explain().forEach(events::warn);
    } catch (BuildException failed) {
      events.warn("How to log in can't be told: " + failed.getMessage());
    }
    return left;
  }

  private void writeManifest(BuildResult result, Workshop workshop) {
    Path given = options.manifest();
    try {
      Manifest.write(result, given == null ? workshop.folder().manifest() : given);
    } catch (BuildException failed) {
      // The image is good and its ID is handed out: that is no reason to fail now.
      events.warn(String.valueOf(failed.getMessage()));
    }
  }

  private void writeTemplate(BuildResult result, Workshop workshop) {
    LaunchableImage image =
        new LaunchableImage(
            result.imageName(),
            spec.version(),
            result.sourceImage().architecture(),
            spec.ssh().user(),
            result.sourceImage().rootDeviceName(),
            spec.builder().rootVolume().sizeGib(),
            new TreeMap<>(Map.of(result.region(), result.imageId())));
    try {
      TemplateFiles.write(image, workshop.folder().path());
    } catch (BuildException failed) {
      events.warn(String.valueOf(failed.getMessage()));
    }
  }

  private void close(Workshop workshop, BuildOutcome outcome) {
    String word =
        outcome instanceof Built ? "built" : outcome instanceof Failed ? "failed" : "interrupted";
    for (Runnable last :
        List.<Runnable>of(
            workshop.folder()::removeBundle, () -> workshop.journal().finished(word))) {
      try {
        last.run();
      } catch (BuildException failed) {
        events.warn(String.valueOf(failed.getMessage()));
      }
    }
  }
}
