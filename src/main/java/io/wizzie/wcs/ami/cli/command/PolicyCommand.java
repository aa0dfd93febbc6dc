package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.PolicyWriter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions.Permission;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wcs-ami policy}: the least IAM policy that a configuration needs. */
@Command(
    name = "policy",
    header = "Print the least IAM policy for the configuration.",
    description = {
      "The actions of EC2 that a build with this configuration, its cleanup and the removal of"
          + " leftovers call, as a policy document to attach to the user or role that builds. It"
          + " depends on the configuration: an existing key pair (ssh.keyName) or security group"
          + " (builder.securityGroupIds) needs less, an instance profile"
          + " (builder.iamInstanceProfile) needs iam:PassRole as well. With --output text a table"
          + " says what each action is for and which option needs it.",
      "",
      "Nothing is asked of AWS; 'wcs-ami plan' asks whether the credentials have it all.",
    },
    footer = {
      "wcs-ami policy > policy.json",
      "wcs-ami policy --output text",
      "aws iam put-user-policy --user-name builder --policy-name wcs-ami \\",
      "    --policy-document \"$(wcs-ami policy)\"",
    })
final class PolicyCommand extends ConfiguredCommand {
  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: json (the policy document) or text. Default: json.")
  private Format output = Format.JSON;

  /** How a policy is written. */
  enum Format {
    JSON,
    TEXT
  }

  @Override
  ExitCode work() {
    List<Permission> permissions = RequiredPermissions.of(inputs(true).spec());
    return told(
        print(
            output == Format.JSON,
            () -> PolicyWriter.json(permissions),
            () -> PolicyWriter.text(permissions, environment().tableColumns())));
  }
}
