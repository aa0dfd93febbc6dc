package io.wizzie.wcs.ami.pipeline.result;

import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.journal.BuildFolder;
import io.wizzie.wcs.ami.publish.LaunchableImage;
import io.wizzie.wcs.ami.publish.StackTemplate;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a build that succeeded writes down. The image is good and its ID is handed out: that a file
 * can't be written is told, and no reason to fail.
 */
public record ResultFiles(BuildFolder folder, SecretMask mask, Consumer<String> warn) {
  /** Writes them, the manifest into the build's folder unless another place is given. */
  public void write(BuildResult result, @Nullable Path manifest) {
    try {
      Manifest.write(result, mask, manifest == null ? folder.manifest() : manifest);
    } catch (RuntimeException failed) {
      warn.accept(String.valueOf(Failures.of(failed).getMessage()));
    }
    BuildSpec spec = result.spec();
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
      StackTemplate.write(image, folder.path());
    } catch (RuntimeException failed) {
      warn.accept(String.valueOf(Failures.of(failed).getMessage()));
    }
  }
}
