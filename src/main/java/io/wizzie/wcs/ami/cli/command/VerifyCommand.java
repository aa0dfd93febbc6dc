package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.RegionWork;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class VerifyCommand extends ConfiguredCommand {
  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "ID of the image, such as ami-0123456789abcdef0.")
  private String image = "";

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: text (a table) or json. Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  ExitCode work() {
    requireImageId(image);
    Inputs inputs = uncheckedInputs();
    RegionTarget target = target(inputs);
    BuildOptions options = BuildOptions.usual(parts().newBuildId());
    RegionJob job = new RegionJob.Verify(inputs.spec(), options, image);
    RegionWork.Format format = RegionWork.Format.of(output == OutputFormat.JSON);
    return BuildRun.of(this, where, target, job, format, null);
  }
}
