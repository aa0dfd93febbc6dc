package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.event.ConsoleStyle;
import io.wizzie.wcs.ami.event.LineText;
import io.wizzie.wcs.ami.event.SecretMask;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;

/**
 * Standard error, as far as it is not a build's console: errors, warnings, notes. Secrets that the
 * mask knows do not get here.
 */
public final class Messages {
  /** Name of the program, which begins each of its errors as is the custom. */
  public static final String PROGRAM = "wcs-ami";

  private final PrintStream err;
  private final ConsoleStyle style;
  private final SecretMask mask;

  public Messages(PrintStream err, ConsoleStyle style, SecretMask mask) {
    this.mask = mask;
    this.err = err;
    this.style = style;
  }

  /** An error: its first line with the program's name, the others as they are. */
  public void error(String message) {
    headed(style.bad(PROGRAM + ":"), message);
  }

  public void warning(String message) {
    headed(style.caution(PROGRAM + ": warning:"), message);
  }

  /** A line as it is. */
  public void note(String line) {
    err.println(LineText.plain(mask.text(line)));
    err.flush();
  }

  /** For those who asked for it. */
  public void stackTrace(Throwable failure) {
    Throwable shown = mask.cause(failure);
    if (shown != null) {
      shown.printStackTrace(err);
    }
    err.flush();
  }

  /** The stream itself, for a console that draws on it what was masked before. */
  public PrintStream stream() {
    return err;
  }

  public ConsoleStyle style() {
    return style;
  }

  private void headed(String head, String message) {
    List<String> lines = LineText.lines(mask.text(message));
    Iterator<String> rest = lines.iterator();
    err.println(head + " " + (rest.hasNext() ? rest.next() : ""));
    rest.forEachRemaining(err::println);
    err.flush();
  }
}
