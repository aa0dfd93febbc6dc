package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.cli.option.DiagnosticOptions;
import io.wizzie.wcs.ami.cli.option.OptionGroup;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays out the help: options under headings, then examples, environment and exit codes, so that a
 * command's page answers by itself how to use it.
 */
final class HelpPages {
  private static final int WIDEST = 100;
  private static final int NARROWEST = 55;

  private final int columns;
  private final boolean colours;

  HelpPages(int columns, boolean colours) {
    this.columns = Math.max(NARROWEST, Math.min(WIDEST, columns));
    this.colours = colours;
  }

  /** Sets the layout for the command and all below it. */
  void layOut(CommandLine command) {
    command.setUsageHelpWidth(columns);
    command.setColorScheme(Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF));
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    usage.synopsisHeading("%n@|bold Usage:|@ ");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n@|bold Arguments:|@%n");
    usage.commandListHeading("%n@|bold Commands:|@%n");
    usage.sortOptions(false);
    usage.sortSynopsis(false);
    Map<String, CommandLine.IHelpSectionRenderer> sections =
        new LinkedHashMap<>(usage.sectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpPages::description);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPages::options);
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> footer(help, spec));
    usage.sectionMap(sections);
    command.getSubcommands().values().forEach(this::layOut);
  }

  /** Wrapped at blanks alone: picocli also breaks names such as {@code ssh.keyName}. */
  private static String description(Help help) {
    int width = help.commandSpec().usageMessage().width() - 1;
    StringBuilder text = new StringBuilder();
    for (String paragraph : help.commandSpec().usageMessage().description()) {
      int column = 0;
      for (String word : paragraph.split(" ", -1)) {
        boolean fits = column == 0 || column + 1 + word.length() <= width;
        text.append(column == 0 ? "" : fits ? " " : "\n").append(word);
        column = fits && column > 0 ? column + 1 + word.length() : word.length();
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String options(Help help) {
    StringBuilder text = new StringBuilder();
    byGroup(help.commandSpec())
        .forEach(
            (heading, options) -> {
              Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
              layout.addAllOptions(options, help.parameterLabelRenderer());
              text.append(heading(help, heading)).append(layout);
            });
    return text.toString();
  }

  /** In the order of the headings' first appearance; those of the messages come last. */
  private static Map<String, List<OptionSpec>> byGroup(CommandSpec spec) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    List<OptionSpec> last = new ArrayList<>();
    String lastHeading = "Options";
    for (OptionSpec option : spec.options()) {
      Class<?> declared = ((Field) option.userObject()).getDeclaringClass();
      OptionGroup group = declared.getAnnotation(OptionGroup.class);
      if (group == null || declared == DiagnosticOptions.class) {
        lastHeading = group == null ? lastHeading : group.value();
        last.add(option);
      } else {
        groups.computeIfAbsent(group.value(), heading -> new ArrayList<>()).add(option);
      }
    }
    groups.put(lastHeading, last);
    return groups;
  }

  private static String footer(Help help, CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    HelpTexts texts = HelpTexts.of(spec.qualifiedName(" "));
    if (!texts.examples().isEmpty()) {
      text.append(heading(help, "Examples"));
      texts.examples().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    text.append(table(help, "Environment", texts.environment()));
    text.append(table(help, "Exit codes", texts.exitCodes()));
    return text.toString();
  }

  private static String table(Help help, String heading, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    int first = 2 + rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Help.Column(first + 2, 2, Help.Column.Overflow.SPAN),
            new Help.Column(width - first - 2, 0, Help.Column.Overflow.WRAP));
    rows.forEach((name, meaning) -> table.addRowValues(name, meaning));
    return heading(help, heading) + table;
  }

  private static String heading(Help help, String text) {
    return help.createHeading("%n@|bold " + text + ":|@%n");
  }
}
