package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.command.Parts.Region;
import io.wizzie.wcs.ami.cli.option.OptionGroup;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.option.RegionsOptions;
import io.wizzie.wcs.ami.cli.option.SpecOptions;
import io.wizzie.wcs.ami.cli.report.CleaningWriter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wcs-ami clean}: removes what killed and failed builds have left. */
@Command(
    name = "clean",
    header = "Remove what killed and failed builds have left behind.",
    description = {
      "Finds it in two ways: by the journals in output/, and by the tag wcs-ami:build-id alone, so"
          + " also what another machine's build or one whose folder is gone has left. Removes, in"
          + " this order and waiting where EC2 requires: images that were never finished, their"
          + " snapshots, instances, volumes, security groups, key pairs.",
      "",
      "An image that was handed out (its tag wcs-ami:status is finished, or its journal says so) is"
          + " never touched, nor are its snapshots. Nor is a build that lives: one of this folder"
          + " holds the lock journal.lock while its process runs; one of elsewhere counts as alive"
          + " for 15 minutes from its beginning, and then for as long as the tag wcs-ami:alive-until"
          + " of its builder says, which a living build moves on every 2 minutes, 10 minutes ahead."
          + " What --on-error keep left stays until its builder ends itself, unless --build names"
          + " it.",
      "",
      "It is safe to run it twice, or on several machines at the same time.",
    })
final class CleanCommand extends WorkCommand {
  @Spec private CommandSpec command;

  @Mixin private RegionsOptions where = new RegionsOptions();
  @Mixin private WhatOptions what = new WhatOptions();
  @Mixin private ResultOptions result = new ResultOptions();

  CleanCommand(CommandContext context) {
    super(context);
  }

  /** Which leftovers are meant. */
  @OptionGroup("What to remove")
  static final class WhatOptions {
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
  }

  /** How the result is written. */
  @OptionGroup("Result")
  static final class ResultOptions {
    @Option(
        names = "--output",
        paramLabel = "FORMAT",
        description = "What stdout gets: table or json. Default: table.")
    private ListCommand.Format output = ListCommand.Format.TABLE;
  }

  @Override
  ExitCode work() {
    String build = what.build;
    if (build != null && !BuildId.isOne(build)) {
      throw new ParameterException(
          command.commandLine(),
          "--build: '" + build + "' is no build's ID, such as wcs-20261122-135800-ab12cd");
    }
    List<RegionTarget> targets =
        regions().stream().map(name -> where.target(name, environment())).toList();
    Cleaning.Request request = new Cleaning.Request(build, what.olderThan, what.dryRun);
    List<Cleaning> cleanings = new ArrayList<>();
    try (ConsoleSession console = ConsoleSession.open(context(), diagnostics().verbosity())) {
      for (RegionTarget target : targets) {
        cleanings.add(
            console.stage(
                "clean",
                (what.dryRun ? "Look for leftovers in region " : "Clean region ") + target.name(),
                progress -> clean(target, request, progress),
                CleanCommand::summary));
      }
    }
    boolean clean =
        cleanings.stream().noneMatch(Cleaning::isIncomplete)
            && (build == null || cleanings.stream().noneMatch(Cleaning::hasAlive));
    boolean arrived =
        result.output == ListCommand.Format.JSON
            ? context().result().json(CleaningWriter.json(cleanings, clean))
            : context().result().line(CleaningWriter.table(cleanings));
    return clean ? told(arrived) : ExitCode.LEFT_BEHIND;
  }

  private Cleaning clean(RegionTarget target, Cleaning.Request request, Consumer<String> progress) {
    if (!target.servedHere()) {
      return cleanAt(target, request, progress);
    }
    try (OpenRegion local = parts().local().attach(where.stateFolder(environment()))) {
      return cleanAt(
          target.servedAt(local.endpoint(), local.accessKey(), where.stateFolder(environment())),
          request,
          progress);
    }
  }

  private Cleaning cleanAt(
      RegionTarget target, Cleaning.Request request, Consumer<String> progress) {
    try (Region region = parts().connect(target)) {
      return region.clean(request, environment().resolve(Path.of("output")), progress);
    }
  }

  private List<String> regions() {
    List<String> named = where.regions(environment());
    if (!named.isEmpty()) {
      return named;
    }
    return List.of(
        configuredRegion()
            .or(() -> parts().defaultRegion(where.profile(), false))
            .orElseThrow(Inputs::noRegion));
  }

  private Optional<String> configuredRegion() {
    Path config = SpecOptions.DEFAULT_CONFIG;
    return Files.exists(environment().resolve(config))
        ? Optional.ofNullable(parts().readSpec(List.of(config), List.of(), null).region())
        : Optional.empty();
  }

  private static String summary(Cleaning cleaning) {
    return cleaning.rows().isEmpty() ? "nothing is left" : count(cleaning);
  }

  private static String count(Cleaning cleaning) {
    List<String> counts = new ArrayList<>();
    for (Cleaning.Fate fate : Cleaning.Fate.values()) {
      long number = cleaning.rows().stream().filter(row -> row.fate() == fate).count();
      if (number > 0) {
        counts.add(number + " " + fate.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    return String.join(", ", counts);
  }
}
