package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.cli.command.Parts.Region;
import io.wizzie.wcs.ami.cli.option.RegionOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.report.ListingWriter;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wcs-ami list}: what this project has in a region. */
@Command(
    name = "list",
    header = "List this project's images and builders in a region.",
    description = {
      "Finds them by the tag wcs-ami:build-id that every build puts on all it makes. An image that"
          + " is not finished is being made, or was left by a build that was killed; a builder past"
          + " its time is abandoned.",
    },
    footer = {
      "wcs-ami list --region us-east-1",
      "wcs-ami list --region local --output json | jq -r '.images[0].imageId'",
    })
final class ListCommand extends WorkCommand {
  @Mixin private RegionOptions where = new RegionOptions();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: table or json. Default: table.")
  private Format output = Format.TABLE;

  /** How a listing is written. */
  enum Format {
    TABLE,
    JSON
  }

  @Override
  ExitCode work() {
    String name = where.region(environment()).orElseGet(() -> unnamedRegion(where));
    RegionTarget target = where.target(name, environment());
    RegionListing listing = look(where, target, Region::list);
    boolean arrived =
        print(
            output == Format.JSON,
            () -> ListingWriter.json(listing).put("exitCode", 0),
            () ->
                ListingWriter.table(listing, environment().clock(), environment().tableColumns()));
    ListingWriter.interrupted(listing, environment().clock()).stream()
        .filter(BuildId::isOne)
        .forEach(build -> advise(build, name));
    return told(arrived);
  }

  /** A build that was killed has nobody else to tell of it. */
  private void advise(String build, String region) {
    List<String> at = where.words(region, environment());
    String clean = "removed by: " + Invocation.of(List.of("clean", "--build", build), at);
    boolean here = Files.exists(outputFolder().resolve(Path.of(build, "provisioned.json")));
    note(
        "Unless build "
            + build
            + " is still running, it is "
            + (here
                ? "carried on by: " + Invocation.of(List.of("resume", build), at) + "  or "
                : "")
            + clean);
  }
}
