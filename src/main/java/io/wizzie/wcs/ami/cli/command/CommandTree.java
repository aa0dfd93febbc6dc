package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.DurationConverter;
import java.time.Duration;
import picocli.CommandLine;

/** The program's commands, in the order of its help. */
public final class CommandTree {
  private CommandTree() {}

  /** The root with all below it. */
  public static CommandLine of(CommandContext context) {
    CommandLine scenario =
        new CommandLine(new LocalScenarioCommand())
            .addSubcommand(new LocalScenarioSetCommand(context))
            .addSubcommand(new LocalScenarioShowCommand(context))
            .addSubcommand(new LocalScenarioClearCommand(context));
    CommandLine local =
        new CommandLine(new LocalCommand())
            .addSubcommand(new LocalUpCommand(context))
            .addSubcommand(new LocalStatusCommand(context))
            .addSubcommand(new LocalServeCommand(context))
            .addSubcommand(new LocalEnvCommand(context))
            .addSubcommand(new LocalLogCommand(context))
            .addSubcommand(scenario)
            .addSubcommand(new LocalPruneCommand(context))
            .addSubcommand(new LocalDownCommand(context))
            .addSubcommand(new LocalResetCommand(context));
    CommandLine help = new CommandLine(new CommandLine.HelpCommand());
    help.getCommandSpec()
        .usageMessage()
        .header("Show the page of a command.")
        .footer("wcs-ami help build");
    return new CommandLine(new RootCommand())
        // The main job, what goes before it and after it, the image, what is there, the rest.
        .addSubcommand(new BuildCommand(context))
        .addSubcommand(new ValidateCommand(context))
        .addSubcommand(new PolicyCommand(context))
        .addSubcommand(new PlanCommand(context))
        .addSubcommand(new ResumeCommand(context))
        .addSubcommand(new CleanCommand(context))
        .addSubcommand(new VerifyCommand(context))
        .addSubcommand(new AuditCommand(context))
        .addSubcommand(new TemplateCommand(context))
        .addSubcommand(new ListCommand(context))
        .addSubcommand(new DiffCommand(context))
        .addSubcommand(local)
        .addSubcommand(new ExportCommand(context))
        .addSubcommand(help)
        .registerConverter(Duration.class, new DurationConverter())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // An argument that begins with @ is an argument.
        .setExpandAtFiles(false);
  }

  /** Whether the command, a leaf of the tree, was asked to tell all it can. */
  public static boolean verbose(CommandLine command) {
    return command.getCommandSpec().userObject() instanceof WorkCommand work
        && work.diagnostics().verbose();
  }
}
