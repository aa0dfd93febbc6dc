package io.wizzie.wcs.ami.cli.terminal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the process gives the program, so that a test can give something else.
 *
 * @param variables the environment variables
 * @param workingDirectory what relative paths of options are relative to
 */
public record Environment(
    Map<String, String> variables,
    Path workingDirectory,
    Terminal terminal,
    Clock clock,
    Ticker ticker,
    Interrupts interrupts) {

  /** Columns that are assumed where there is no terminal to ask. */
  static final int DEFAULT_COLUMNS = 80;

  /** What CI services set that do not all set {@code CI}. */
  private static final List<String> CI_SERVICES =
      List.of(
          "GITHUB_ACTIONS",
          "GITLAB_CI",
          "JENKINS_URL",
          "BUILDKITE",
          "TEAMCITY_VERSION",
          "TF_BUILD",
          "CODEBUILD_BUILD_ID");

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The variable's value; empty when it is not set or empty, which the AWS tools treat alike. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /** Whether lines on this stream may be redrawn: a terminal that can, and not a CI job's. */
  public boolean redraws(Stream stream) {
    return !ci() && capableTerminal(stream);
  }

  /**
   * Whether colours are wanted on this stream ({@code NO_COLOR} as in no-color.org). {@code
   * FORCE_COLOR} asks for them where nobody can tell whether they are shown: in a CI job's log.
   */
  public boolean colours(Stream stream) {
    if (variable("NO_COLOR").isPresent()) {
      return false;
    }
    boolean forced = variable("FORCE_COLOR").filter(Environment::isOn).isPresent();
    return forced || (!ci() && capableTerminal(stream));
  }

  /** Whether this is a CI job, some of which have a terminal that nobody looks at. */
  private boolean ci() {
    return variable("CI").filter(Environment::isOn).isPresent()
        || CI_SERVICES.stream().anyMatch(name -> variable(name).isPresent());
  }

  private static boolean isOn(String value) {
    return !value.equalsIgnoreCase("false") && !value.equals("0");
  }

  /** Whether the locale's character set is UTF-8, by the variables that say so, in their order. */
  public boolean unicode() {
    return variable("LC_ALL")
        .or(() -> variable("LC_CTYPE"))
        .or(() -> variable("LANG"))
        .map(locale -> locale.toUpperCase(java.util.Locale.ROOT).replace("-", ""))
        .filter(locale -> locale.contains("UTF8"))
        .isPresent();
  }

  /** Width to format for: the terminal's, where {@code COLUMNS} does not say otherwise. */
  public int columns() {
    return variable("COLUMNS")
        .filter(value -> value.matches("[1-9][0-9]{0,4}"))
        .map(Integer::valueOf)
        .or(() -> Optional.of(terminal.columns()).filter(columns -> columns > 0))
        .orElse(DEFAULT_COLUMNS);
  }

  /** Width of a table on stdout: into a pipe, as wide as it is, for other programs to read. */
  public int tableColumns() {
    return variable("COLUMNS").isPresent() || terminal.isTerminal(Stream.STDOUT)
        ? columns()
        : Integer.MAX_VALUE / 2;
  }

  public Path resolve(Path path) {
    return workingDirectory.resolve(path).normalize();
  }

  /** Below the working directory as a person would type it. */
  public Path shown(Path path) {
    return path.startsWith(workingDirectory) ? workingDirectory.relativize(path) : path;
  }

  private boolean capableTerminal(Stream stream) {
    boolean dumb = variable("TERM").filter(value -> !value.equals("dumb")).isEmpty();
    return !dumb && terminal.isTerminal(stream);
  }

  /** The process's output streams. */
  public enum Stream {
    STDOUT,
    STDERR
  }

  /** What is known of the terminal. */
  public interface Terminal {
    boolean isTerminal(Stream stream);

    /** Its present width; 0 when unknown. */
    public int columns();
  }

  /** Calls something again and again in the background. */
  @FunctionalInterface
  public interface Ticker {
    /** Starts calling {@code action} every {@code period} until the result is closed. */
    Registration every(java.time.Duration period, Runnable action);
  }

  /** Where Ctrl-C, SIGTERM and SIGHUP are heard. */
  public interface Interrupts {
    /** Calls {@code handler}, on a thread of its own, at each, until the result is closed. */
    Registration handle(Runnable handler);

    /** Ends the process at once, without waiting for any thread. */
    void exitNow(int code);
  }

  /** Something that lasts until it is closed. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
