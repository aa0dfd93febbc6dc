package io.wizzie.wcs.ami.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.build.BuildOptions;
import io.wizzie.wcs.ami.build.BuildOptions.OnError;
import io.wizzie.wcs.ami.cli.command.Parts.RegionTarget;
import io.wizzie.wcs.ami.cli.output.FailureDocument;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wcs-ami build}: from configuration to image. */
@Command(
    name = "build",
    header = "Build the image and print its ID.",
    description = {
      "Launches a builder instance from the source image, converges the provision cookbooks on it"
          + " with chef-solo over SSH, installs the hook that converges the bootstrap cookbooks at"
          + " the first boot of every instance, cleans the guest and makes an image of it."
          + " Everything else that was created on the way is removed, whether the build succeeds,"
          + " fails or is interrupted with Ctrl-C.",
      "",
      "stdout carries the image's ID and nothing else. All else goes to stderr, and in full to"
          + " output/<build-id>/build.log; output/<build-id>/events.jsonl has the same for"
          + " programs, and output/<build-id>/manifest.json says what was built of what.",
      "",
      "With --output json, stdout carries one object in any case: the manifest's, or one with"
          + " \"error\" and \"exitCode\" when there is no image.",
    })
final class BuildCommand extends WorkCommand {
  @Mixin private SpecOptions what = new SpecOptions();
  @Mixin private RegionOptions where = new RegionOptions();
  @Mixin private ResultOptions result = new ResultOptions();

  BuildCommand(CommandContext context) {
    super(context);
  }

  /** What becomes of the result, and of the builder when there is none. */
  @OptionGroup("Result")
  static final class ResultOptions {
    @Option(
        names = "--output",
        paramLabel = "FORMAT",
        description = "What stdout gets: text (the image's ID) or json. Default: text.")
    private OutputFormat output = OutputFormat.TEXT;

    @Option(
        names = "--manifest",
        paramLabel = "FILE",
        description = "Where the manifest goes. Default: output/<build-id>/manifest.json.")
    private @Nullable Path manifest;

    @Option(
        names = "--on-error",
        paramLabel = "ACTION",
        description =
            "When the build fails: cleanup removes everything; keep leaves the builder for a look,"
                + " says how to log in and how to remove it, and exits with 3. Default: cleanup.")
    private ErrorAction onError = ErrorAction.CLEANUP;
  }

  /** {@link OnError} as it is typed. */
  enum ErrorAction {
    CLEANUP(OnError.CLEANUP),
    KEEP(OnError.KEEP);

    private final OnError meaning;

    ErrorAction(OnError meaning) {
      this.meaning = meaning;
    }
  }

  @Override
  ExitCode work() {
    try {
      Inputs inputs = Inputs.read(what, where, context(), false);
      RegionTarget target = inputs.target(where, environment());
      Path manifest = result.manifest == null ? null : environment().resolve(result.manifest);
      BuildOptions options =
          new BuildOptions(parts().newBuildId(), result.onError.meaning, manifest);
      return new BuildRun(context(), inputs.spec(), target, options)
          .run(
              result.output,
              diagnostics().verbosity(),
              where.stateFolder(environment()),
              where.words(target.name()));
    } catch (RuntimeException e) {
      // Only what failed before the build was begun; the run tells the rest itself.
      if (result.output == OutputFormat.JSON) {
        ExitCode code = FailureMessages.exitCode(e, context().interrupts());
        ObjectNode document = FailureDocument.of(e, code.code());
        context().result().json(document);
      }
      throw e;
    }
  }
}
