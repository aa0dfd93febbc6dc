package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.LocalRegions.Served;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import picocli.CommandLine.Command;

/** {@code wcs-ami local env}: tells a shell's clients of the region that is served. */
@Command(
    name = "env",
    header = "Print what EC2 clients need to use the served region, for a shell to eval.",
    description = {
      "Prints shell commands that set the endpoint of the 'wcs-ami local serve' that runs, its"
          + " region's name and the access key that requests must be signed with, which is the"
          + " state folder's own and readable by its owner only.",
      "",
      "AWS CLI 2.13 and later, and current SDKs, find the endpoint in AWS_ENDPOINT_URL_EC2; name it"
          + " to older ones with --endpoint-url.",
    },
    footer = {
      "eval \"$(wcs-ami local env)\"",
      "eval \"$(sudo wcs-ami local env)\"  # where root serves",
      "aws ec2 describe-images --endpoint-url \"$AWS_ENDPOINT_URL_EC2\"",
    })
final class LocalEnvCommand extends LocalStateCommand {
  @Override
  ExitCode work() {
    Served served = parts().local().served(stateFolder());
    return told(
        output()
            .result()
            .line(
                String.join(
                    "\n",
                    "export AWS_ACCESS_KEY_ID=" + served.key().id(),
                    "export AWS_SECRET_ACCESS_KEY=" + served.key().secret().revealUtf8(),
                    // A session of another account's would be sent along.
                    "unset AWS_SESSION_TOKEN",
                    "export AWS_REGION=" + RegionTarget.LOCAL,
                    "export AWS_DEFAULT_REGION=" + RegionTarget.LOCAL,
                    "export AWS_ENDPOINT_URL_EC2=" + served.endpoint())));
  }
}
