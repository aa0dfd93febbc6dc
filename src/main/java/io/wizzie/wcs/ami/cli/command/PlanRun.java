package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.command.Parts.Region;
import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.PlanWriter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.pipeline.BuildPreview;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Shows what a build would do, for {@code plan} and {@code build --check}. */
final class PlanRun {
  private final CommandContext context;
  private final BuildSpec spec;
  private final RegionTarget target;
  private final BuildOptions options;
  private final String policy;

  /**
   * @param policy the command that prints the permissions that are needed
   */
  PlanRun(
      CommandContext context,
      BuildSpec spec,
      RegionTarget target,
      BuildOptions options,
      String policy) {
    this.policy = policy;
    this.context = context;
    this.spec = spec;
    this.target = target;
    this.options = options;
  }

  /**
   * Looks and tells.
   *
   * @param stateFolder of the local region, should that be meant
   * @return USAGE when a build would be refused
   */
  ExitCode run(OutputFormat format, Verbosity verbosity, Path stateFolder) {
    BuildPreview preview = look(verbosity, stateFolder);
    ExitCode code = preview.good() ? ExitCode.OK : ExitCode.USAGE;
    boolean arrived =
        format == OutputFormat.JSON
            ? context.result().json(PlanWriter.json(preview, code.code()))
            : context
                .result()
                .line(
                    PlanWriter.text(
                        preview,
                        verbosity == Verbosity.VERBOSE,
                        context.environment().tableColumns()));
    if (!preview.good()) {
      context.messages().error(PlanWriter.verdict(preview, policy));
    }
    return arrived ? code : context.output().told(false, ExitCode.OK);
  }

  private BuildPreview look(Verbosity verbosity, Path stateFolder) {
    if (!target.servedHere()) {
      context.interrupts().endAtOnce();
      return ask(target);
    }
    // Not only for looking: the base image, which is prepared where it is missing, is what a build
    // would be launched from.
    Consumer<String> progress =
        verbosity == Verbosity.QUIET ? line -> {} : context.messages()::note;
    try (OpenRegion local = context.parts().get().local().open(stateFolder, 0, progress)) {
      return ask(target.servedAt(local.endpoint(), local.accessKey(), stateFolder));
    }
  }

  private BuildPreview ask(RegionTarget at) {
    try (Region region = context.parts().get().connect(at)) {
      return region.preview(spec, options);
    }
  }
}
