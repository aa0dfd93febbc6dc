package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.option.RecordedRegionOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.RegionWork;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.pipeline.BuildResumption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wcs-ami resume}: carries a killed build on. */
@Command(
    name = "resume",
    header = "Carry on a build that was killed, and print its image's ID.",
    description = {
      "A build whose process was killed (kill -9, a power failure) can be carried on where it ran,"
          + " in two states: its provisioned builder is stopped, and the image is made of it; or its"
          + " image was begun, and is waited for and finished. Everything after that is as build"
          + " would have done it: attributes, audit, the verification if the build was run with"
          + " --verify, removal of what was temporary, manifest and template.",
      "",
      "In every other state, and while the build is running, it says why not, changes nothing and"
          + " exits with 2; 'wcs-ami clean --build BUILD' removes what is there. A build that fails"
          + " after it was resumed is cleaned up, whatever --on-error it was begun with.",
      "",
      "What it needs is in output/<build-id>: journal.jsonl and provisioned.json. The configuration"
          + " is not read again.",
    },
    exitCodeList = {
      "2:It can't be resumed, or wrong options or credentials; nothing was changed.",
    },
    footer = {
      "AMI=$(wcs-ami resume wcs-20261122-135800-ab12cd)",
      "wcs-ami resume wcs-20261122-135800-ab12cd --output json",
      "wcs-ami clean --build wcs-20261122-135800-ab12cd   the alternative",
    })
final class ResumeCommand extends WorkCommand {
  @Parameters(
      index = "0",
      paramLabel = "BUILD",
      description = "ID of the build, such as wcs-20261122-135800-ab12cd.")
  private String build = "";

  @Mixin private RecordedRegionOptions where = new RecordedRegionOptions();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: text (the image's ID) or json. Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  ExitCode work() {
    requireBuildId("BUILD", build);
    where.check(environment());
    // Before the logs are opened: those of a build that is running are its own.
    try (BuildResumption resumption =
        BuildResumption.open(
            outputFolder(),
            build,
            region -> BuildRun.remedy(build, where.wordsOf(region, environment())))) {
      return carryOn(resumption);
    }
  }

  private ExitCode carryOn(BuildResumption resumption) {
    RegionTarget target = where.target(resumption.region(), environment());
    if (!target.name().equals(resumption.region())) {
      throw Category.CONFIGURATION.failure(
          "Build "
              + build
              + " was begun in region "
              + resumption.region()
              + ", not in "
              + target.name()
              + ": leave --region out.");
    }
    RegionWork.Format format = RegionWork.Format.of(output == OutputFormat.JSON);
    return BuildRun.of(this, where, target, new RegionJob.Resume(resumption), format, null);
  }
}
