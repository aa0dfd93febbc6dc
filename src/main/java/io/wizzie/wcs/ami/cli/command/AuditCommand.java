package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.RegionWork;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class AuditCommand extends ConfiguredCommand {
  @Parameters(paramLabel = "IMAGE", description = "ID of the image, such as ami-0f3c5b2a917de4c68.")
  private String imageId = "";

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: table, json or sarif (2.1.0). Default: table.")
  private RegionWork.Format output = RegionWork.Format.TABLE;

  @Override
  ExitCode work() {
    requireImageId(imageId);
    Inputs inputs = uncheckedInputs();
    BuildOptions options = BuildOptions.usual(parts().newBuildId());
    RegionJob job = new RegionJob.Audit(inputs.spec(), options, imageId);
    return BuildRun.of(this, where, target(inputs), job, output, null);
  }
}
