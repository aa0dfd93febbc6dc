package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.cli.terminal.Environment.Stream;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  private final CommandLineRun program = new CommandLineRun(Path.of("/work-folder"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bild | Unknown command 'bild'; did you mean 'build'? See 'wcs-ami --help'.",
        "frobnicate | Unknown command 'frobnicate'. See 'wcs-ami --help'.",
        "local reest | Unknown command 'reest'; did you mean 'reset'? See 'wcs-ami local --help'.",
        "build --regoin x"
            + "| Unknown option '--regoin'; did you mean '--region'? See 'wcs-ami build --help'.",
        "build --regoin=x"
            + "| Unknown option '--regoin'; did you mean '--region'? See 'wcs-ami build --help'.",
        "build -var version=2 --region x"
            + "| Unknown option '-var'; a field of the configuration is set with --set, as in"
            + " '--set version=2.0.0'. See 'wcs-ami build --help'.",
        "build --var=version=2"
            + "| Unknown option '--var'; a field of the configuration is set with --set, as in"
            + " '--set version=2.0.0'. See 'wcs-ami build --help'.",
        "build -x | Unknown option '-x'. See 'wcs-ami build --help'.",
        "build more | Unexpected argument 'more'. See 'wcs-ami build --help'.",
        "--region x build"
            + "| Unknown option '--region'; it goes after the command, as in 'wcs-ami build"
            + " --region'. See 'wcs-ami --help'.",
        "build --region"
            + "| Missing required parameter for option '--region' (REGION). See 'wcs-ami build"
            + " --help'.",
        "build --region a --region b"
            + "| Option '--region' (REGION) should be specified only once. See 'wcs-ami build"
            + " --help'.",
        "build --output yaml"
            + "| Invalid value for option '--output': expected text or json but was 'yaml'. See"
            + " 'wcs-ami build --help'.",
        "list --output text"
            + "| Invalid value for option '--output': expected table or json but was 'text'. See"
            + " 'wcs-ami list --help'.",
        "build --on-error ask"
            + "| Invalid value for option '--on-error': expected cleanup or keep but was 'ask'. See"
            + " 'wcs-ami build --help'.",
        "build -v -q | --verbose and --quiet exclude each other. See 'wcs-ami build --help'.",
        "build --check -v -q"
            + "| --verbose and --quiet exclude each other. See 'wcs-ami build --help'.",
        "plan -v -q | --verbose and --quiet exclude each other. See 'wcs-ami plan --help'.",
        "local serve --scenario none.json -v -q"
            + "| --verbose and --quiet exclude each other. See 'wcs-ami local serve --help'.",
        "build --region r --endpoint-url ftp://x"
            + "| --endpoint-url: 'ftp://x' is not an http or https URL, such as"
            + " http://127.0.0.1:4566. See 'wcs-ami build --help'.",
        "local serve --port http"
            + "| Invalid value for option '--port': 'http' is not an int. See 'wcs-ami local serve"
            + " --help'.",
        "local prune"
            + "| Give --keep or --older-than, or both: without, all would go. See 'wcs-ami local"
            + " prune --help'.",
        "local prune --older-than week"
            + "| Invalid value for option '--older-than': expected a duration such as 12h or 30d,"
            + " not 'week'. See 'wcs-ami local prune --help'.",
        "local log -n -1 | --last: -1 is not 0 or more. See 'wcs-ami local log --help'.",
        "export ami-1 | Missing required option: '--output=FILE'. See 'wcs-ami export --help'.",
        "export --output x" + "| Missing required parameter: 'IMAGE'. See 'wcs-ami export --help'.",
        "export ami-1 --output x --region us-east-1"
            + "| --region: only images of the region 'local' can be exported, not of 'us-east-1'."
            + " See 'wcs-ami export --help'.",
        "export ami-1 --output /none/x"
            + "| --output: '/none/x' is not a file in a folder that exists. See 'wcs-ami export"
            + " --help'.",
        "resume | Missing required parameter: 'BUILD'. See 'wcs-ami resume --help'.",
        "resume ../x"
            + "| BUILD: '../x' is no build's ID, such as wcs-20261122-135800-ab12cd. See 'wcs-ami"
            + " resume --help'.",
        "resume wcs-20261122-135800-ab12cd --endpoint-url x"
            + "| --endpoint-url: 'x' is not an http or https URL, such as http://127.0.0.1:4566."
            + " See 'wcs-ami resume --help'.",
        "local serve --port 70000"
            + "| --port: 70000 is not between 0 and 65535. See 'wcs-ami local serve --help'.",
      })
  void tellsInOneLineWhatIsWrong(String line, String message) {
    assertThat(program.run(line.split(" ", -1))).isEqualTo(2);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr()).isEqualTo("wcs-ami: " + message + "\n");
    assertThat(program.parts.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "local"})
  void printsTheUsageOnStderrWithoutACommand(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);

    assertThat(program.run(args)).isEqualTo(2);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr()).contains("Usage: wcs-ami", "Commands:", "Examples:");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 160})
  void everyCommandHasAHelpPageThatFits(int columns) {
    program.variables.put("COLUMNS", String.valueOf(columns));

    List<String> commands = commandsBelow("wcs-ami");

    assertThat(commands).hasSizeGreaterThan(20).contains("wcs-ami local scenario set");
    for (String command : commands) {
      String page = help(command);
      assertThat(page)
          .contains("Usage: " + command, "\nExamples:\n  ")
          .doesNotContain("\u001b", "null", "@|");
      assertThat(page.split("\n\n", -1)[2])
          .as("description of " + command)
          .doesNotContainPattern("^(Arguments|Options|Commands|Examples|Exit codes):");
      assertThat(page.replaceFirst("(?s)\nExamples:.*", "").lines())
          .as("lines of " + command)
          .allMatch(line -> line.length() <= Math.min(columns, 100));
    }
    assertThat(program.parts.calls).isEmpty();
  }

  /** A path, an address, an option or a field is found, and copied, only as a whole. */
  @ParameterizedTest
  @ValueSource(ints = {60, 66, 80})
  void noPageBreaksAWord(int columns) {
    for (String command : commandsBelow("wcs-ami")) {
      program.variables.put("COLUMNS", "100");
      String wide = help(command);
      program.variables.put("COLUMNS", String.valueOf(columns));

      assertThat(words(help(command))).as(command).isEqualTo(words(wide));
    }
    assertThat(help("wcs-ami")).contains(" ~/.local/state/wcs-ami/regions.\n");
  }

  private static List<String> words(String page) {
    return List.of(page.strip().split("\\s+", -1));
  }

  private List<String> commandsBelow(String command) {
    List<String> commands = new ArrayList<>(List.of(command));
    Matcher list = Pattern.compile("(?s)\nCommands:\n(.*?)\n\n").matcher(help(command));
    if (list.find()) {
      Pattern.compile("(?m)^  (\\w+)")
          .matcher(list.group(1))
          .results()
          .forEach(name -> commands.addAll(commandsBelow(command + " " + name.group(1))));
    }
    return commands;
  }

  private String help(String command) {
    program.out.reset();
    assertThat(program.run((command + " --help").substring(8).split(" ", -1))).isZero();
    assertThat(program.stderr()).isEmpty();
    return program.stdout();
  }

  @Test
  void aPageShowsWhatIsItsOwnAndTheProgramsPageTheRest() {
    assertThat(help("wcs-ami build"))
        .doesNotContain("--profile=", "AWS_PROFILE", "Exit codes:")
        .endsWith(
            """
            Also --verbose, --quiet, --profile, --endpoint-url, --state-dir; these, the
            environment and the exit codes are explained by 'wcs-ami --help'.
            """);
    assertThat(help("wcs-ami"))
        .contains("--profile=PROFILE", "AWS_PROFILE  ", "Exit codes:", "--state-dir=FOLDER");
    assertThat(help("wcs-ami clean")).contains("Exit codes:\n  0     No leftovers");
    program.run("help", "clean");
    assertThat(program.stdout()).contains("Usage: wcs-ami clean ");
  }

  @Test
  void breaksNoNameInADescription() {
    program.run("clean", "--help");
    assertThat(program.stdout()).contains("wcs-ami:build-id", "wcs-ami:alive-until");

    program.run("policy", "--help");
    assertThat(program.stdout()).contains("ssh.keyName", "builder.securityGroupIds");
  }

  @ParameterizedTest
  @CsvSource({"72, 72", "20, 55", "300, 100", "nonsense, 80", "0, 80"})
  void wrapsHelpToTheWidthWithinReason(String columns, int widest) {
    program.variables.put("COLUMNS", columns);

    program.run("build", "--help");

    int width =
        program
            .stdout()
            .lines()
            // Examples are meant to be copied, and stay whole.
            .filter(line -> !line.startsWith("  wcs-ami") && !line.startsWith("  AMI="))
            .filter(line -> !line.startsWith("                --set image"))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    assertThat(width).isLessThanOrEqualTo(widest).isGreaterThan(widest - 12);
  }

  @Test
  void coloursHelpOnlyOnATerminalThatWantsIt() {
    program.variables.put("TERM", "xterm");
    program.terminals.add(Stream.STDOUT);
    program.run("--help");
    assertThat(program.stdout()).contains("\u001b[");

    program.out.reset();
    program.variables.put("NO_COLOR", "1");
    program.run("--help");
    assertThat(program.stdout()).doesNotContain("\u001b");
  }

  @Test
  void showsVersionCommitAndJdk() {
    assertThat(program.run("--version")).isZero();

    assertThat(program.stdout()).matches("wcs-ami \\S+ \\(commit \\S+\\)\nJDK \\S+ \\(.+\\), .+\n");
    assertThat(program.stdout()).doesNotContain("${");
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void tellsAnErrorOfItsOwnInOneLine() {
    program.parts.regionOfFile = "eu-west-1";
    program.parts.connectFailure = new IllegalStateException("a bug\nand more of it");

    assertThat(program.run("build")).isEqualTo(1);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            "wcs-ami: Internal error: a bug; this should not happen: run again with -v, and"
                + " report what it says.\n");
  }

  @Test
  void printsTheStackTraceOfAnErrorOfItsOwnWhenVerbose() {
    program.parts.connectFailure = new IllegalStateException("a bug");

    assertThat(program.run("list", "--region", "eu-west-1", "--verbose")).isEqualTo(1);

    assertThat(program.stderr())
        .startsWith(
            "wcs-ami: Internal error: a bug\n" + "java.lang.IllegalStateException: a bug\n\tat ");
  }

  @Test
  void eachExitCodeHasItsOwnNumber() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
        .containsExactly(0, 1, 2, 3, 4, 130);
  }
}
