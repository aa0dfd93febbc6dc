package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.command.Parts.Region;
import io.wizzie.wcs.ami.cli.option.RegionOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.option.SpecOptions;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.report.ListingWriter;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  ListCommand(CommandContext context) {
    super(context);
  }

  /** How a listing is written. */
  enum Format {
    TABLE,
    JSON
  }

  @Override
  ExitCode work() {
    String name = region().orElseThrow(Inputs::noRegion);
    RegionTarget target = where.target(name, environment());
    RegionListing listing = target.servedHere() ? listLocally(target) : listRemotely(target);
    boolean arrived =
        output == Format.JSON
            ? context().result().json(ListingWriter.json(listing).put("exitCode", 0))
            : context()
                .result()
                .line(
                    ListingWriter.table(
                        listing, environment().clock(), environment().tableColumns()));
    ListingWriter.interrupted(listing, environment().clock()).stream()
        .filter(BuildId::isOne)
        .forEach(build -> advise(build, name));
    return told(arrived);
  }

  /** A build that was killed has nobody else to tell of it. */
  private void advise(String build, String region) {
    if (diagnostics().verbosity() == Verbosity.QUIET) {
      return;
    }
    List<String> at = where.words(region, environment());
    String clean = "removed by: " + Invocation.of(List.of("clean", "--build", build), at);
    boolean here =
        Files.exists(environment().resolve(Path.of("output", build, "provisioned.json")));
    context()
        .messages()
        .note(
            "Unless build "
                + build
                + " is still running, it is "
                + (here
                    ? "carried on by: " + Invocation.of(List.of("resume", build), at) + "  or "
                    : "")
                + clean);
  }

  private RegionListing listLocally(RegionTarget target) {
    try (OpenRegion local = parts().local().attach(where.stateFolder(environment()))) {
      return list(
          target.servedAt(local.endpoint(), local.accessKey(), where.stateFolder(environment())));
    }
  }

  private RegionListing listRemotely(RegionTarget target) {
    context().interrupts().endAtOnce();
    return list(target);
  }

  private RegionListing list(RegionTarget target) {
    try (Region region = parts().connect(target)) {
      return region.list();
    }
  }

  /** As for a build, though the configuration is read only when it must tell the region. */
  private Optional<String> region() {
    return where
        .region(environment())
        .or(this::configuredRegion)
        .or(() -> parts().defaultRegion(where.profile(), false));
  }

  private Optional<String> configuredRegion() {
    Path config = SpecOptions.DEFAULT_CONFIG;
    return Files.exists(environment().resolve(config))
        ? Optional.ofNullable(parts().readSpec(List.of(config), List.of(), null).region())
        : Optional.empty();
  }
}
