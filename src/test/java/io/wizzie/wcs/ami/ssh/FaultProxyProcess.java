package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.ssh.FaultProxy.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A {@link FaultProxy} as a program, to be run where a server's own network is: it stands before
 * port 22 there. It prints {@code listening} and, when it strikes, {@code struck} with the time.
 */
public final class FaultProxyProcess {
  /** Says instead of a fault that there is none. */
  public static final String NO_FAULT = "NONE";

  private FaultProxyProcess() {}

  /**
   * Runs until the program ends that the connections are made by.
   *
   * @param arguments the port to listen on, that program's process ID, the fault, {@code up} for
   *     towards the server or {@code down}, after how many bytes it comes, the file that the
   *     program writes its events to, and the text in it from which on bytes count
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    ProcessHandle client = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
    try (FaultProxy proxy = new FaultProxy(new InetSocketAddress(port), "127.0.0.1", 22)) {
      if (!arguments[2].equals(NO_FAULT)) {
        proxy.arm(
            Fault.valueOf(arguments[2]),
            arguments[3].equals("up"),
            Long.parseLong(arguments[4]),
            new Moment(Path.of(arguments[5]), arguments[6]));
        Thread teller = new Thread(() -> tell(proxy), "teller");
        teller.setDaemon(true);
        teller.start();
      }
      System.out.println("listening");
      client.onExit().join();
    }
  }

  private static void tell(FaultProxy proxy) {
    try {
      proxy.awaitStrike();
      System.out.println("struck " + Instant.now());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether a file has a text. An event is in its file before a command is sent because of it, so
   * however busy the machine is, bytes count from the first one after the event.
   */
  private record Moment(Path file, String text) implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      try {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
