package io.wizzie.wcs.ami.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.option.AccessOptions;
import io.wizzie.wcs.ami.cli.option.DiagnosticOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.option.SpecOptions;
import io.wizzie.wcs.ami.cli.report.FailureMessages;
import io.wizzie.wcs.ami.cli.report.Output;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does something and ends with one of the program's exit codes. */
abstract class WorkCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private DiagnosticOptions diagnostics = new DiagnosticOptions();

  /** Does the work; what it throws is told by {@link FailureMessages}. */
  abstract ExitCode work();

  @Override
  public final Integer call() {
    // Checked before any work, as it is a matter of usage.
    Verbosity ignored = diagnostics.verbosity();
    if (diagnostics.verbose()) {
      parts().logLibraries();
    }
    return work().code();
  }

  /**
   * The code of a command whose result was printed.
   *
   * @param arrived false when stdout could not be written: then the caller must not take what it
   *     got for the whole result
   */
  ExitCode told(boolean arrived) {
    return output().told(arrived, ExitCode.OK);
  }

  /** Prints the result as one of the two; whether it arrived. */
  boolean print(boolean json, Supplier<ObjectNode> document, Supplier<String> text) {
    return json ? output().result().json(document.get()) : output().result().line(text.get());
  }

  /** Tells a person something, unless that was not wanted. */
  void note(String line) {
    if (verbosity() != Verbosity.QUIET) {
      output().messages().note(line);
    }
  }

  /** Prints each on a line of its own; of none, a note tells. */
  ExitCode listed(List<String> results, String ofNone) {
    if (results.isEmpty()) {
      note(ofNone);
      return ExitCode.OK;
    }
    return told(output().result().line(String.join("\n", results)));
  }

  /**
   * Does something as a stage that the console shows.
   *
   * @param body gets where to tell its progress, and returns what the stage yields
   * @param result one line on what was yielded
   */
  <T> T stage(
      String name, String title, Function<Consumer<String>, T> body, Function<T, String> result) {
    try (ConsoleSession console = ConsoleSession.open(output(), verbosity())) {
      return console.stage(name, title, body, result);
    }
  }

  /** Looks at a region, the local one without its base image, which only instances need. */
  <T> T look(AccessOptions where, RegionTarget target, Function<Parts.Region, T> look) {
    return look(where, target, folder -> parts().local().attach(folder), look);
  }

  /**
   * Looks at a region.
   *
   * @param open serves the local region of a state folder, should that be meant
   */
  <T> T look(
      AccessOptions where,
      RegionTarget target,
      Function<Path, OpenRegion> open,
      Function<Parts.Region, T> look) {
    if (!target.servedHere()) {
      output().interrupts().endAtOnce();
    }
    return inRegion(where, target, open, look);
  }

  /** As {@link #look}, but what it does has an end of its own when it is interrupted. */
  <T> T inRegion(
      AccessOptions where,
      RegionTarget target,
      Function<Path, OpenRegion> open,
      Function<Parts.Region, T> work) {
    if (!target.servedHere()) {
      return connected(target, work);
    }
    Path stateFolder = where.stateFolder(environment());
    try (OpenRegion local = open.apply(stateFolder)) {
      return connected(target.servedAt(local.endpoint(), local.accessKey(), stateFolder), work);
    }
  }

  private <T> T connected(RegionTarget target, Function<Parts.Region, T> work) {
    try (Parts.Region region = parts().connect(target)) {
      return work.apply(region);
    }
  }

  /** The region of a command that names none; the configuration is read only for this. */
  String unnamedRegion(AccessOptions where) {
    Path config = SpecOptions.DEFAULT_CONFIG;
    return Optional.ofNullable(
            Files.exists(environment().resolve(config))
                ? parts().examine(List.of(config), List.of(), null).valid().region()
                : null)
        .or(() -> parts().defaultRegion(where.profile(), false))
        .orElseThrow(WorkCommand::noRegion);
  }

  static BuildException noRegion() {
    return Category.CONFIGURATION.failure(
        "No region: pass --region (such as --region us-east-1, or --region local to try it on this"
            + " machine), set AWS_REGION, or put \"region\" into the configuration.");
  }

  /** What is wrong with the command line. */
  ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Refuses what can't be the ID of an image, before EC2 is asked. */
  void requireImageId(String image) {
    if (!image.matches("ami-[0-9a-f]{8,17}")) {
      throw wrong("'" + image + "' is not the ID of an image, such as ami-0123456789abcdef0");
    }
  }

  /** Refuses what can't be the ID of a build, which {@code where} on the command line gives. */
  void requireBuildId(String where, String build) {
    if (!BuildId.isOne(build)) {
      throw wrong(where + ": '" + build + "' is no build's ID, such as wcs-20261122-135800-ab12cd");
    }
  }

  /** The folder in which builds have theirs. */
  Path outputFolder() {
    return environment().resolve(Path.of("output"));
  }

  boolean verbose() {
    return diagnostics.verbose();
  }

  Verbosity verbosity() {
    return diagnostics.verbosity();
  }

  Output output() {
    return root().output();
  }

  Environment environment() {
    return output().environment();
  }

  Parts parts() {
    return root().parts();
  }

  private RootCommand root() {
    return (RootCommand) command.root().userObject();
  }
}
