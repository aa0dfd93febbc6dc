package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.cli.option.RegionOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.option.SpecOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.EffectiveValue;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** A command that works with a configuration, mostly in the region that it is for. */
abstract class ConfiguredCommand extends WorkCommand {
  @Mixin SpecOptions what = new SpecOptions();
  @Mixin RegionOptions where = new RegionOptions();

  /**
   * What options, environment and files say together.
   *
   * @param region empty when nothing names one
   * @param effective all values of the configuration, with what they are from
   */
  record Inputs(BuildSpec spec, Optional<String> region, List<EffectiveValue> effective) {}

  /**
   * Reads the configuration with the region's overrides, and checks the cookbooks.
   *
   * @param offline whether only this machine's files may be asked for a region
   * @throws InvalidSpecException with every problem of both
   */
  Inputs inputs(boolean offline) {
    return inputs(offline, parts()::checkInputs);
  }

  /** The same without the cookbooks and files, which only a build needs. */
  Inputs uncheckedInputs() {
    return inputs(false, reading -> List.of());
  }

  private Inputs inputs(boolean offline, Function<SpecReading, List<Problem>> more) {
    List<Path> files = what.files();
    where.check(environment());
    Optional<String> named = where.region(environment());
    SpecReading reading = parts().examine(files, what.settings(), named.orElse(null));
    Optional<String> region =
        named.isPresent() ? named : Optional.ofNullable(reading.draft().region());
    if (region.isEmpty()) {
      region = parts().defaultRegion(where.profile(), offline);
      if (region.isPresent()) {
        // The overrides of a region that only the profile names apply as well.
        reading = parts().examine(files, what.settings(), region.get());
      }
    }
    // All at once: whoever has mended the one must not then be told of the other.
    List<Problem> problems = new ArrayList<>(reading.problems());
    problems.addAll(more.apply(reading));
    reading.warnings().forEach(warning -> output().messages().warning(warning.toString()));
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return new Inputs(reading.valid(), region, reading.effective());
  }

  /**
   * The target of these inputs.
   *
   * @throws BuildException category CONFIGURATION when nothing names a region
   */
  RegionTarget target(Inputs inputs) {
    return where.target(inputs.region().orElseThrow(WorkCommand::noRegion), environment());
  }
}
