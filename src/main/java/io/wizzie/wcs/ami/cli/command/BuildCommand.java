package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.RegionWork;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
    },
    footer = {
      "AMI=$(wcs-ami build --region us-east-1 --profile marketplace)",
      "wcs-ami build --region local -v",
      "wcs-ami build --region us-east-1 --verify",
      "wcs-ami build --config base.json --config mine.json \\",
      "              --set image.name=wcs-trial --set builder.lifetime=4h",
      "wcs-ami build --output json | jq -r .imageId",
    })
final class BuildCommand extends ConfiguredCommand {
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
      names = "--check",
      description =
          "Build nothing: show what plan shows, what would be built and whether EC2 would allow"
              + " it. 0 when a build may begin, else 2.")
  private boolean check;

  @Option(
      names = "--on-error",
      paramLabel = "ACTION",
      description =
          "When the build fails: cleanup removes everything; keep leaves the builder for a look,"
              + " says how to log in and how to remove it, and exits with 3. Default: cleanup.")
  private OnError onError = OnError.CLEANUP;

  @Option(
      names = "--verify",
      description =
          "Before the image is handed out, launch two instances of it as a buyer would, wait for"
              + " their first boot and run the checks of \"verify\". An image that fails is"
              + " deregistered with its snapshots, and the exit code is 4.")
  private boolean verify;

  @Option(
      names = "--keep",
      description =
          "With --verify: keep an image that fails, for a look; stderr names it and how to remove"
              + " it, and the exit code is 3. Its ID isn't printed on stdout.")
  private boolean keep;

  @Override
  ExitCode work() {
    // Before anything is read: a matter of usage.
    BuildOptions.Verify verification = verification();
    Inputs inputs = inputs(false);
    RegionTarget target = target(inputs);
    BuildOptions options =
        new BuildOptions(parts().newBuildId(), onError, manifestFile(), verification);
    boolean json = output == OutputFormat.JSON;
    if (check) {
      return PlanCommand.run(this, inputs, options, json);
    }
    String advice =
        onError == OnError.KEEP
            ? null
            : "To log in to the builder of a build that fails, add --on-error keep.";
    RegionJob job = new RegionJob.Build(inputs.spec(), options);
    return BuildRun.of(this, where, target, job, RegionWork.Format.of(json), advice);
  }

  private BuildOptions.Verify verification() {
    if (keep && !verify) {
      throw wrong("--keep is about images that fail --verify: give both");
    }
    if (!verify) {
      return BuildOptions.Verify.NO;
    }
    return keep ? BuildOptions.Verify.KEEP_FAILING : BuildOptions.Verify.REMOVE_FAILING;
  }

  private @Nullable Path manifestFile() {
    return manifest == null ? null : environment().resolve(manifest);
  }
}
