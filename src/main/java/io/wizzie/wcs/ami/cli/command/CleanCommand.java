package io.wizzie.wcs.ami.cli.command;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.option.RegionsOptions;
import io.wizzie.wcs.ami.cli.report.CleaningWriter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wcs-ami clean}: removes what killed and failed builds have left. */
@Command(
    name = "clean",
    header = "Remove what killed and failed builds have left behind.",
    description = {
      "Finds leftovers by the journals in output/ and by the tag wcs-ami:build-id, so also those of"
          + " builds on other machines, or whose folder is gone. Removes, in"
          + " this order and waiting where EC2 requires: images that were never finished, their"
          + " snapshots, instances, volumes, security groups, key pairs.",
      "",
      "An image that was handed out (its tag wcs-ami:status is finished, or its journal says so) is"
          + " never touched, nor are its snapshots. Nor is a build that is still running:"
          + " here, one whose process holds the lock journal.lock; elsewhere, one that began less"
          + " than 15 minutes ago, or whose builder's tag wcs-ami:alive-until is in the future (a"
          + " running build renews it every 2 minutes, for 10 minutes). What --on-error keep left"
          + " stays until its builder terminates itself, unless --build names it.",
      "",
      "It is safe to run it twice, or on several machines at the same time.",
    },
    exitCodeList = {
      "0:No leftovers, except of builds that are still running.",
      "3:Something is left; with --build, also when that build is still running.",
      "130:Interrupted; run it again for the rest.",
    },
    footer = {
      "wcs-ami clean --region us-east-1 --region eu-west-1 --dry-run",
      "wcs-ami clean --region us-east-1 --older-than 4h",
      "wcs-ami clean --build wcs-20261122-135800-ab12cd --region local",
    })
final class CleanCommand extends WorkCommand {
  @Mixin private RegionsOptions where = new RegionsOptions();

  @Option(
      names = "--build",
      paramLabel = "ID",
      description =
          "Only what this build has left; also what was kept on purpose. Default: every build's.")
  private @Nullable String build;

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      description = "Only of builds that began so long ago, such as 90m or 2d.")
  private @Nullable Duration olderThan;

  @Option(names = "--dry-run", description = "Remove nothing, only show what would be removed.")
  private boolean dryRun;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What stdout gets: table or json. Default: table.")
  private ListCommand.Format output = ListCommand.Format.TABLE;

  @Override
  ExitCode work() {
    if (build != null) {
      requireBuildId("--build", build);
    }
    List<String> named = where.regions(environment());
    List<String> regions = named.isEmpty() ? List.of(unnamedRegion(where)) : named;
    List<RegionTarget> targets =
        regions.stream().map(name -> where.target(name, environment())).toList();
    Cleaning.Request request = new Cleaning.Request(build, olderThan, dryRun);
    List<Cleaning> cleanings = new ArrayList<>();
    try (ConsoleSession console = ConsoleSession.open(output(), verbosity())) {
      for (RegionTarget target : targets) {
        cleanings.add(
            console.stage(
                "clean",
                (dryRun ? "Look for leftovers in region " : "Clean region ") + target.name(),
                progress -> clean(target, request, progress),
                CleanCommand::summary));
      }
    }
    boolean clean =
        cleanings.stream().noneMatch(Cleaning::isIncomplete)
            && (build == null || cleanings.stream().noneMatch(Cleaning::hasAlive));
    boolean arrived =
        print(
            output == ListCommand.Format.JSON,
            () ->
                CleaningWriter.json(cleanings, clean)
                    .put("exitCode", clean ? 0 : ExitCode.LEFT_BEHIND.code()),
            () -> CleaningWriter.table(cleanings, environment().tableColumns()));
    return clean ? told(arrived) : ExitCode.LEFT_BEHIND;
  }

  private Cleaning clean(RegionTarget target, Cleaning.Request request, Consumer<String> progress) {
    return inRegion(
        where,
        target,
        folder -> parts().local().attach(folder),
        region -> region.clean(request, outputFolder(), progress));
  }

  private static String summary(Cleaning cleaning) {
    Map<Cleaning.Fate, Long> counts =
        cleaning.rows().stream().collect(groupingBy(Cleaning.Row::fate, TreeMap::new, counting()));
    return counts.isEmpty()
        ? "nothing is left"
        : counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey().name().toLowerCase(Locale.ROOT))
            .collect(joining(", "));
  }
}
