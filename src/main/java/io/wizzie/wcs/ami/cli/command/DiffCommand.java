package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.DifferenceWriter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.history.BuildDifference;
import io.wizzie.wcs.ami.history.BuildRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wcs-ami diff}: what changed between two builds. */
@Command(
    name = "diff",
    header = "Show what changed between two builds.",
    description = {
      "Compares the manifests and inventories that two builds left in output/: the product's"
          + " version, source image, system, root volume, Chef, run lists, attributes, cookbooks by"
          + " digest, and what is installed in the image: packages, container images, gems. Nothing"
          + " is asked of AWS.",
      "",
      "The exit code is 0 whether the builds differ or not. Attributes that look secret are not in"
          + " a manifest, so that a change of one is not seen.",
    },
    footer = {
      "wcs-ami diff ami-0aaaaaaaaaaaaaaaa ami-0bbbbbbbbbbbbbbbb",
      "wcs-ami diff released/manifest.json wcs-20261122-135800-ab12cd",
      "wcs-ami diff A B --output json | jq -e .different",
    })
final class DiffCommand extends WorkCommand {
  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description =
          "A build: its manifest's path, its build ID, or the ID of its image, in output/.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "The build to compare with it.")
  private String after = "";

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: table or json. Default: table.")
  private ListCommand.Format output = ListCommand.Format.TABLE;

  @Override
  ExitCode work() {
    BuildRecords records = new BuildRecords(outputFolder(), environment().workingDirectory());
    BuildDifference difference = BuildDifference.between(records.get(before), records.get(after));
    difference.notes().forEach(output().messages()::warning);
    return told(
        print(
            output == ListCommand.Format.JSON,
            () -> DifferenceWriter.json(difference).put("exitCode", 0),
            () -> DifferenceWriter.table(difference, environment().tableColumns())));
  }
}
