package io.wizzie.wcs.ami.localregion.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Moto's server as a process of its own, from the tree that {@code .tools/moto} makes. */
final class MotoTarget implements ContractTarget {
  private static final String TOOL = ".tools/moto";

  /** What the tool ends with where Moto can't be had. */
  private static final int UNAVAILABLE = 69;

  /** A download, where the tree is not there yet. */
  private static final Duration MADE_WITHIN = Duration.ofMinutes(10);

  private static final Duration UP_WITHIN = Duration.ofMinutes(1);

  private final Process server;
  private final URI endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

  private MotoTarget(Process server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Thrown with the reason where this machine can't have Moto. */
  static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }

    UnavailableException(String reason) {
      super(reason);
    }
  }

  /**
   * Starts it, after making its tree if need be.
   *
   * @param log gets what the server says
   */
  static MotoTarget start(Path log) throws UnavailableException {
    try {
      tree(log);
      int port = freePort();
      Process server =
          new ProcessBuilder(TOOL, "serve", String.valueOf(port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      MotoTarget target = new MotoTarget(server, URI.create("http://127.0.0.1:" + port));
      target.awaitUp(log);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The tree that it runs in, made if need be.
   *
   * @param log gets what the tool says
   */
  static Path tree(Path log) throws UnavailableException {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process making =
          new ProcessBuilder(TOOL, "path")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!making.waitFor(MADE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        making.destroy();
        throw new AssertionError("Moto's tree was not made within " + MADE_WITHIN + ", see " + log);
      }
      String said = Files.readString(log).strip();
      if (making.exitValue() == UNAVAILABLE) {
        throw new UnavailableException(said);
      }
      if (making.exitValue() != 0) {
        throw new AssertionError(TOOL + " ended with " + making.exitValue() + ": " + said);
      }
      return Path.of(said.lines().reduce((before, last) -> last).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while Moto's tree was made", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitUp(Path log) throws IOException {
    Instant until = Instant.now().plus(UP_WITHIN);
    while (true) {
      try {
        post("/moto-api/reset");
        return;
      } catch (IOException notYet) {
        if (!server.isAlive() || Instant.now().isAfter(until)) {
          close();
          throw new AssertionError("Moto does not serve: " + Files.readString(log), notYet);
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  @Override
  public String name() {
    return "moto";
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  /** Its states change at once. */
  @Override
  public void later() {}

  @Override
  public void reset() {
    try {
      post("/moto-api/reset");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void post(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("Moto answered " + status + " to " + path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    server.destroy();
  }
}
