package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.option.RegionOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.option.SpecOptions;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wcs-ami plan}: what a build would do, and whether EC2 would let it. */
@Command(
    name = "plan",
    header = "Show what would be built, and whether EC2 would allow it.",
    description = {
      "Finds the source image and the subnets, fills in the image's name, checks that it is free,"
          + " that the security groups are in the subnets' VPC and that the root volume has room,"
          + " and asks EC2 with DryRun for every permission that the configuration needs. Nothing"
          + " is created. 'build --check' does the same.",
      "",
      "Each permission is allowed, denied, or can't be checked beforehand: EC2 judges what is done"
          + " to things that a build has yet to make, such as stopping its builder, only once they"
          + " exist. What is denied is listed at once, all permissions with -v. EC2 may allow a dry run and refuse the call: the"
          + " key pair and the temporary security group are not part of the question.",
      "",
      "Ends with 2 when something is denied or wrong.",
    },
    exitCodeList = {
      "0:A build may begin.",
      "2:Something is denied or taken; or wrong options, configuration or credentials.",
    },
    footer = {
      "wcs-ami plan --region us-east-1 --profile marketplace",
      "wcs-ami plan --output json | jq '.permissions[] | select(.verdict==\"denied\")'",
    })
final class PlanCommand extends WorkCommand {
  @Mixin private SpecOptions what = new SpecOptions();
  @Mixin private RegionOptions where = new RegionOptions();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: text or json. Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

  PlanCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode work() {
    Inputs inputs = Inputs.read(what, where, context(), false);
    RegionTarget target = inputs.target(where, environment());
    BuildOptions options = BuildOptions.usual(parts().newBuildId());
    return new PlanRun(
            context(),
            inputs.spec(),
            target,
            options,
            PolicyCommand.line(what, where, target, environment()))
        .run(output, diagnostics().verbosity(), where.stateFolder(environment()));
  }
}
