package io.wizzie.wcs.ami.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.report.EffectiveReport;
import io.wizzie.wcs.ami.cli.report.FailureDocument;
import io.wizzie.wcs.ami.cli.report.FailureMessages;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wcs-ami validate}: what a build would be told, checked offline. */
@Command(
    name = "validate",
    header = "Check the configuration and the cookbooks, offline.",
    description = {
      "Reads the same inputs as build and checks everything that can be checked without AWS and"
          + " without a network: fields, types, values and contradictions of the configuration,"
          + " with the overrides of the region; that every cookbook, recipe and role of the run"
          + " lists exists and has its dependencies; that data bags and environments can be read.",
      "",
      "All problems are reported at once, one per line on stderr, each with file, line and field."
          + " stdout stays empty; with --output json it gets an object with \"exitCode\", \"valid\" and"
          + " \"problems\".",
      "",
      "With --effective a good configuration is printed as it is after all merging: each value with"
          + " the file and line, region block or option that it is from, secrets left out.",
    },
    footer = {
      "wcs-ami validate",
      "wcs-ami validate --region local --set 'provision.runList=[\"wcsprov\"]'",
      "wcs-ami validate --region local --effective",
    })
final class ValidateCommand extends ConfiguredCommand {
  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: text or json. Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(names = "--effective", description = "Print every value and what it is from.")
  private boolean effective;

  @Override
  ExitCode work() {
    Inputs inputs;
    try {
      inputs = inputs(true);
    } catch (InvalidSpecException invalid) {
      if (output == OutputFormat.JSON) {
        output()
            .result()
            .json(FailureDocument.validation(invalid.problems(), ExitCode.USAGE.code()));
      }
      FailureMessages.problems(output().messages(), invalid.problems(), ".");
      return ExitCode.USAGE;
    }
    note(summary(inputs));
    if (output == OutputFormat.TEXT) {
      return told(!effective || output().result().line(EffectiveReport.text(inputs.effective())));
    }
    ObjectNode document = FailureDocument.validation(List.of(), ExitCode.OK.code());
    if (effective) {
      document.set("effective", EffectiveReport.json(inputs.effective()));
    }
    return told(output().result().json(document));
  }

  private String summary(Inputs inputs) {
    BuildSpec spec = inputs.spec();
    String files = what.files().stream().map(Path::toString).collect(Collectors.joining(", "));
    String region =
        inputs.region().map(name -> "for region " + name).orElse("without a region's overrides");
    return "%s: valid %s; image %s; provision %s; bootstrap %s"
        .formatted(
            files,
            region,
            spec.image().name(),
            String.join(", ", spec.provision().runList()),
            String.join(", ", spec.bootstrap().runList()));
  }
}
