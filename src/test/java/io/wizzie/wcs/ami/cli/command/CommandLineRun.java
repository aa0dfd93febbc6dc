package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.Program;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.Environment.Interrupts;
import io.wizzie.wcs.ami.cli.terminal.Environment.Registration;
import io.wizzie.wcs.ami.cli.terminal.Environment.Stream;
import io.wizzie.wcs.ami.cli.terminal.Environment.Terminal;
import io.wizzie.wcs.ami.cli.terminal.Environment.Ticker;
import io.wizzie.wcs.ami.event.SteppingClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The whole program with a process of its own around it: environment, streams, signals. */
public final class CommandLineRun {
  final FakeParts parts = new FakeParts();
  public final Map<String, String> variables = new LinkedHashMap<>(Map.of("HOME", "/home/joe"));
  final SteppingClock clock = new SteppingClock();
  public final Set<Stream> terminals = EnumSet.noneOf(Stream.class);
  final List<Runnable> ticking = new ArrayList<>();
  final List<Runnable> handlers = new ArrayList<>();
  final List<Integer> exits = new ArrayList<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  boolean stdoutBroken;
  private final Path workingDirectory;

  public CommandLineRun(Path workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  int run(String... args) {
    PrintStream stdout =
        new PrintStream(stdoutBroken ? new BrokenPipe() : out, false, StandardCharsets.UTF_8);
    PrintStream stderr = new PrintStream(err, false, StandardCharsets.UTF_8);
    int code = new Program(() -> parts).run(environment(), stdout, stderr, args);
    stdout.flush();
    stderr.flush();
    return code;
  }

  public Environment environment() {
    return new Environment(
        variables, workingDirectory, new FakeTerminal(), clock, ticker(), new FakeInterrupts());
  }

  String stdout() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String stderr() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Ctrl-C, or another that ends a process. */
  void interrupt() {
    List.copyOf(handlers).forEach(Runnable::run);
  }

  void tick() {
    List.copyOf(ticking).forEach(Runnable::run);
  }

  private Ticker ticker() {
    return (Duration period, Runnable action) -> {
      ticking.add(action);
      return () -> ticking.remove(action);
    };
  }

  /** A terminal of 72 columns on the streams that the test names. */
  private final class FakeTerminal implements Terminal {
    @Override
    public boolean isTerminal(Stream stream) {
      return terminals.contains(stream);
    }

    @Override
    public int columns() {
      return terminals.isEmpty() ? 0 : 72;
    }
  }

  /** Signals that the test raises, and a process that goes on when it is ended. */
  private final class FakeInterrupts implements Interrupts {
    @Override
    public Registration handle(Runnable handler) {
      handlers.add(handler);
      return () -> handlers.remove(handler);
    }

    @Override
    public void exitNow(int code) {
      exits.add(code);
    }
  }

  /** A pipe whose reader has gone. */
  private static final class BrokenPipe extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
