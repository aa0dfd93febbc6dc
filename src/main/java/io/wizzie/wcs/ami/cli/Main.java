package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.cli.terminal.BackgroundTicker;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.cli.terminal.LocaleCheck;
import io.wizzie.wcs.ami.cli.terminal.ProcessSignals;
import io.wizzie.wcs.ami.cli.terminal.ProcessTerminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** Entry point of the program, and its only exit. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Environment environment =
        new Environment(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            new ProcessTerminal(),
            Clock.systemUTC(),
            new BackgroundTicker(),
            new ProcessSignals());
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    // Whatever a library prints belongs on stderr: stdout is the result's alone.
    System.setOut(err);
    System.setErr(err);
    String unreadable = LocaleCheck.problem(args.length).orElse(null);
    int code;
    if (unreadable == null) {
      code = new Program(() -> new WiredParts(System.getenv())).run(environment, out, err, args);
    } else {
      err.println("wcs-ami: " + unreadable);
      code = ExitCode.USAGE.code();
    }
    out.flush();
    err.flush();
    System.exit(code);
  }

  /**
   * In a C locale the JDK's own streams would write a question mark for each letter beyond ASCII.
   */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
