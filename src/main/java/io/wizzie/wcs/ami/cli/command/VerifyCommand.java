package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.ImageIds;
import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.option.RegionOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.option.SpecOptions;
import io.wizzie.wcs.ami.cli.report.RegionWork;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wcs-ami verify}: whether instances of an image work. */
@Command(
    name = "verify",
    header = "Launch an image as a buyer would, and check that it works.",
    description = {
      "Launches two instances of the image, one without user data, one with user data of a buyer's"
          + " own that has its own runcmd, users and files. Neither has anything of a builder's:"
          + " they have a temporary key pair and security group, and their host keys are only read"
          + " on first contact. Waits for cloud-init and for the bootstrap at first boot, runs the"
          + " checks of \"verify.checks\" from inside and, where they can be reached, from"
          + " outside, saves the bootstrap's logs in output/<id>, and terminates both.",
      "",
      "stdout gets a table of what was checked. When something fails, stderr says what, with the"
          + " tail of the bootstrap's log. The image itself is left as it is.",
    },
    exitCodeList = {
      "0:The image works.",
      "4:A check failed; the image is left as it is.",
    },
    footer = {
      "wcs-ami verify ami-0123456789abcdef0 --region us-east-1",
      "wcs-ami verify ami-0123456789abcdef0 --region local --output json",
      "wcs-ami build --verify             the same, before the image is handed out",
    })
final class VerifyCommand extends WorkCommand {
  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "ID of the image, such as ami-0123456789abcdef0.")
  private String image = "";

  @Mixin private SpecOptions what = new SpecOptions();
  @Mixin private RegionOptions where = new RegionOptions();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: text (a table) or json. Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

  VerifyCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode work() {
    ImageIds.check(command, image);
    Inputs inputs = Inputs.readUnchecked(what, where, context(), false);
    RegionTarget target = inputs.target(where, environment());
    BuildOptions options = BuildOptions.usual(parts().newBuildId());
    BuildRun run =
        new BuildRun(
            context(),
            target,
            options.buildId(),
            where.words(target.name(), environment()),
            (region, folder, events) ->
                region.verify(image, inputs.spec(), options, folder, events));
    RegionWork work =
        new RegionWork(
            "verification",
            run.folder(),
            run.remedy(),
            null,
            null,
            output == OutputFormat.JSON ? RegionWork.Format.JSON : RegionWork.Format.TEXT,
            diagnostics().verbosity());
    return run.run(work, image, where.stateFolder(environment()));
  }
}
