package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.cli.report.TextTable;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays out the help: a command's page shows what is its own; what most commands share, hidden
 * options, variables and exit codes, is explained on the program's page alone.
 */
final class HelpPages {
  private static final int WIDEST = 100;
  private static final int NARROWEST = 55;

  /** An option goes before its variable, a variable before the configuration. */
  private static final List<Map.Entry<String, String>> VARIABLES =
      List.of(
          Map.entry("AWS_REGION", "Region; before AWS_DEFAULT_REGION."),
          Map.entry("AWS_PROFILE", "Profile of the AWS configuration files."),
          Map.entry(
              "AWS_ACCESS_KEY_ID",
              "Credentials, with AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. Without: what the"
                  + " AWS SDK finds (profile, SSO, web identity, container, instance)."),
          Map.entry("AWS_ENDPOINT_URL_EC2", "EC2 endpoint; before AWS_ENDPOINT_URL."),
          Map.entry("WCS_AMI_STATE_DIR", "Folder of the local region's state."),
          Map.entry("NO_COLOR", "When set: no colours."),
          Map.entry("FORCE_COLOR", "When set: colours into a pipe and in CI too."),
          Map.entry("CI", "When set: plain lines with time stamps, as into a pipe."),
          Map.entry("COLUMNS", "Width to write for. Default: the terminal's."));

  private final int columns;
  private final boolean colours;

  HelpPages(int columns, boolean colours) {
    this.columns = Math.max(NARROWEST, Math.min(WIDEST, columns));
    this.colours = colours;
  }

  /** Sets the layout for the command and all below it. */
  void layOut(CommandLine command) {
    command.setUsageHelpWidth(columns);
    command.setHelpFactory(WholeWords::new);
    command.setColorScheme(Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF));
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.synopsisHeading("%n@|bold Usage:|@ ");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n@|bold Arguments:|@%n");
    usage.optionListHeading("%n@|bold Options:|@%n");
    usage.commandListHeading("%n@|bold Commands:|@%n");
    usage.exitCodeListHeading("%n@|bold Exit codes:|@%n");
    usage.footerHeading("%n@|bold Examples:|@%n");
    usage.sortOptions(false);
    usage.sortSynopsis(false);
    boolean root = command.getParent() == null;
    if (root) {
      usage.exitCodeList(
          table(Arrays.asList(ExitCode.values()), code -> code.code() + "", ExitCode::meaning));
    }
    Map<String, CommandLine.IHelpSectionRenderer> sections =
        new LinkedHashMap<>(usage.sectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpPages::description);
    sections.put(
        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
        help -> help.commandList() + (root ? shared(help, command) : ""));
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> footer(help, root));
    if (command.getCommandSpec().options().stream().allMatch(OptionSpec::hidden)) {
      sections.remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING);
    }
    if (usage.exitCodeList().isEmpty()) {
      sections.remove(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING);
    }
    usage.sectionMap(sections);
    command.getSubcommands().values().forEach(this::layOut);
  }

  private static String description(Help help) {
    return Stream.of(help.commandSpec().usageMessage().description())
        .map(paragraph -> wrapped(help, paragraph))
        .collect(Collectors.joining());
  }

  private static String wrapped(Help help, String paragraph) {
    int width = help.commandSpec().usageMessage().width() - 1;
    return String.join("\n", TextTable.wrapped(paragraph, width)) + "\n";
  }

  /** The options that are hidden elsewhere, and the variables. */
  private static String shared(Help help, CommandLine root) {
    CommandSpec shared = CommandSpec.create();
    shared.usageMessage().width(help.commandSpec().usageMessage().width()).sortOptions(false);
    leaves(root)
        .flatMap(command -> command.getCommandSpec().options().stream())
        .filter(option -> option.hidden() && !option.usageHelp())
        .filter(option -> shared.findOption(option.longestName()) == null)
        .forEach(option -> shared.addOption(option.toBuilder().hidden(false).build()));
    return help.createHeading("%n@|bold Options that commands share:|@%n")
        + new WholeWords(shared, help.colorScheme()).optionList()
        + help.createHeading("%n@|bold Environment:|@%n")
        + help.createTextTable(table(VARIABLES, Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<CommandLine> leaves(CommandLine command) {
    Collection<CommandLine> below = command.getSubcommands().values();
    return below.isEmpty() ? Stream.of(command) : below.stream().flatMap(HelpPages::leaves);
  }

  private static <T> Map<String, String> table(
      Collection<T> rows, Function<T, String> name, Function<T, String> meaning) {
    Map<String, String> table = new LinkedHashMap<>();
    rows.forEach(row -> table.put(name.apply(row), meaning.apply(row)));
    return table;
  }

  /** Examples are meant to be copied, and stay whole. */
  private static String footer(Help help, boolean root) {
    String examples =
        Stream.of(help.commandSpec().usageMessage().footer())
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining());
    if (root) {
      return examples;
    }
    String options =
        help.commandSpec().options().stream()
            .filter(option -> option.hidden() && !option.usageHelp())
            .map(OptionSpec::longestName)
            .collect(Collectors.joining(", "));
    return examples
        + "\n"
        + wrapped(
            help,
            (options.isEmpty() ? "Environment" : "Also " + options + "; these, the environment")
                + " and the exit codes are explained by 'wcs-ami --help'.");
  }

  /** Wraps what options mean at blanks alone: picocli also breaks {@code ~/.local}. */
  private static final class WholeWords extends Help {
    WholeWords(CommandSpec command, ColorScheme colours) {
      super(command, colours);
    }

    @Override
    public Layout createDefaultLayout(
        List<OptionSpec> options, List<PositionalParamSpec> arguments, ColorScheme colours) {
      return wholeWords(super.createDefaultLayout(options, arguments, colours));
    }
  }

  private static Help.Layout wholeWords(Help.Layout usual) {
    return new Help.Layout(
        usual.colorScheme(), usual.textTable(), usual.optionRenderer(), usual.parameterRenderer()) {
      @Override
      public void layout(ArgSpec argument, Help.Ansi.Text[][] rows) {
        for (Help.Ansi.Text[] row : rows) {
          int last = row.length - 1;
          String indent = "";
          for (String line :
              TextTable.wrapped(row[last].plainString(), table.columns()[last].width - 3)) {
            row[last] = colorScheme.text(indent + line);
            table.addRowValues(row);
            Arrays.fill(row, colorScheme.text(""));
            indent = "  ";
          }
        }
      }
    };
  }
}
