package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.ImageIds;
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

/** {@code wcs-ami audit}: whether an image follows the Marketplace's rules. */
@Command(
    name = "audit",
    header = "Check an image against the Marketplace's rules.",
    description = {
      "Judges what EC2 says of the image, then launches an instance of it as a buyer does, without"
          + " user data, looks for keys, passwords, tokens, pending security updates and more"
          + " inside, and terminates it. Its host key is read on first contact. Nothing is changed"
          + " of the image itself.",
      "",
      "Findings that are meant to be so are waived in the configuration (audit.waivers), with a"
          + " reason. The configuration also says who logs in (ssh) and where the instance runs"
          + " (builder). Every build makes the same checks before it hands out an image.",
    },
    exitCodeList = {
      "0:No error was found that is not waived.",
      "4:An error was found; the image is left as it is.",
    },
    footer = {
      "wcs-ami audit ami-0f3c5b2a917de4c68 --region us-east-1",
      "wcs-ami audit ami-0f3c5b2a --region local --output sarif > a.sarif",
    })
final class AuditCommand extends WorkCommand {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "IMAGE", description = "ID of the image, such as ami-0f3c5b2a917de4c68.")
  private String imageId = "";

  @Mixin private SpecOptions what = new SpecOptions();
  @Mixin private RegionOptions where = new RegionOptions();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: table, json or sarif (2.1.0). Default: table.")
  private Format output = Format.TABLE;

  AuditCommand(CommandContext context) {
    super(context);
  }

  /** How findings are written. */
  enum Format {
    TABLE(RegionWork.Format.TEXT),
    JSON(RegionWork.Format.JSON),
    SARIF(RegionWork.Format.SARIF);

    private final RegionWork.Format format;

    Format(RegionWork.Format format) {
      this.format = format;
    }
  }

  @Override
  ExitCode work() {
    ImageIds.check(command, imageId);
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
                region.audit(inputs.spec(), options, imageId, folder, events));
    RegionWork work =
        new RegionWork(
            "audit",
            run.folder(),
            run.remedy(),
            null,
            null,
            output.format,
            diagnostics().verbosity());
    return run.run(work, imageId, where.stateFolder(environment()));
  }
}
