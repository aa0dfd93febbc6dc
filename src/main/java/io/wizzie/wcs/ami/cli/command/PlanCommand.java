package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.report.PlanWriter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.pipeline.BuildPreview;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
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
final class PlanCommand extends ConfiguredCommand {
  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: text or json. Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  ExitCode work() {
    Inputs inputs = inputs(false);
    return run(this, inputs, BuildOptions.usual(parts().newBuildId()), output == OutputFormat.JSON);
  }

  /** Tells what a build would do; USAGE when it would be refused. */
  static ExitCode run(
      ConfiguredCommand command, Inputs inputs, BuildOptions options, boolean json) {
    RegionTarget target = command.target(inputs);
    // Not only for looking: the base image, which is prepared where it is missing, is what a build
    // would be launched from.
    BuildPreview preview =
        command.look(
            command.where,
            target,
            folder -> command.parts().local().open(folder, 0, command::note),
            region -> region.preview(inputs.spec(), options));
    ExitCode code = preview.good() ? ExitCode.OK : ExitCode.USAGE;
    boolean arrived =
        command.print(
            json,
            () -> PlanWriter.json(preview, code.code()),
            () ->
                PlanWriter.text(preview, command.verbose(), command.environment().tableColumns()));
    if (!preview.good()) {
      List<String> words = new ArrayList<>(command.what.words());
      words.addAll(command.where.words(target.name(), command.environment()));
      String policy = Invocation.of(List.of("policy"), words);
      command.output().messages().error(PlanWriter.verdict(preview, policy));
    }
    return arrived ? code : command.told(false);
  }
}
