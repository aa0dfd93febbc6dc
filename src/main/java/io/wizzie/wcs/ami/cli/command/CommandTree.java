package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.cli.report.Output;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The program's commands, in the order of its help. */
public final class CommandTree {
  private CommandTree() {}

  /**
   * The root with all below it.
   *
   * @param parts asked for when a command first needs them
   */
  public static CommandLine of(Output output, Supplier<Parts> parts) {
    CommandLine scenario =
        new CommandLine(new LocalScenarioCommand())
            .addSubcommand(new LocalScenarioCommand.Set())
            .addSubcommand(new LocalScenarioCommand.Show())
            .addSubcommand(new LocalScenarioCommand.Clear());
    CommandLine local =
        new CommandLine(new LocalCommand())
            .addSubcommand(new LocalUpCommand())
            .addSubcommand(new LocalStatusCommand())
            .addSubcommand(new LocalServeCommand())
            .addSubcommand(new LocalEnvCommand())
            .addSubcommand(new LocalLogCommand())
            .addSubcommand(scenario)
            .addSubcommand(new LocalPruneCommand())
            .addSubcommand(new LocalDownCommand())
            .addSubcommand(new LocalResetCommand());
    CommandLine help = new CommandLine(new CommandLine.HelpCommand());
    help.getCommandSpec()
        .usageMessage()
        .header("Show the page of a command.")
        .footer("wcs-ami help build");
    return new CommandLine(new RootCommand(output, parts))
        // The main job, what goes before it and after it, the image, what is there, the rest.
        .addSubcommand(new BuildCommand())
        .addSubcommand(new ValidateCommand())
        .addSubcommand(new PolicyCommand())
        .addSubcommand(new PlanCommand())
        .addSubcommand(new ResumeCommand())
        .addSubcommand(new CleanCommand())
        .addSubcommand(new VerifyCommand())
        .addSubcommand(new AuditCommand())
        .addSubcommand(new TemplateCommand())
        .addSubcommand(new ListCommand())
        .addSubcommand(new DiffCommand())
        .addSubcommand(local)
        .addSubcommand(new ExportCommand())
        .addSubcommand(help)
        .registerConverter(Duration.class, CommandTree::duration)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // An argument that begins with @ is an argument.
        .setExpandAtFiles(false);
  }

  /** As the configuration writes them. */
  private static Duration duration(String value) {
    try {
      return DurationText.parse(value);
    } catch (IllegalArgumentException notOne) {
      throw new TypeConversionException(
          "expected a duration such as 12h or 30d, not '" + value + "'");
    }
  }

  /** Whether the command, a leaf of the tree, was asked to tell all it can. */
  public static boolean verbose(CommandLine command) {
    return command.getCommandSpec().userObject() instanceof WorkCommand work && work.verbose();
  }
}
