package io.wizzie.wcs.ami.moto;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Moto's server as a process, from the tree that {@code .tools/moto} makes. */
final class MotoServer implements AutoCloseable {
  private static final String TOOL = ".tools/moto";

  /** What the tool ends with where Moto can't be had; its one line says why. */
  private static final int UNAVAILABLE = 69;

  private static final Duration MADE_WITHIN = Duration.ofMinutes(10);
  private static final Duration UP_WITHIN = Duration.ofMinutes(1);

  private final Process process;
  private final URI endpoint;

  private MotoServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Thrown with the reason where this machine can't have Moto. */
  static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String reason) {
      super(reason);
    }
  }

  /**
   * Starts one with nothing in it but what Moto begins with.
   *
   * @param log gets what it says
   */
  static MotoServer start(Path log) throws IOException, InterruptedException, UnavailableException {
    Process making =
        new ProcessBuilder(TOOL, "path")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!making.waitFor(MADE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      making.destroy();
      throw new IOException("Moto's tree was not made within " + MADE_WITHIN);
    }
    if (making.exitValue() == UNAVAILABLE) {
      throw new UnavailableException(Files.readString(log).strip());
    }
    if (making.exitValue() != 0) {
      throw new IOException(TOOL + " path failed: " + Files.readString(log));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(TOOL, "serve", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    MotoServer server = new MotoServer(process, URI.create("http://127.0.0.1:" + port));
    server.awaitUp(log);
    return server;
  }

  URI endpoint() {
    return endpoint;
  }

  private void awaitUp(Path log) throws IOException, InterruptedException {
    Instant until = Instant.now().plus(UP_WITHIN);
    while (!answers()) {
      if (!process.isAlive() || Instant.now().isAfter(until)) {
        close();
        throw new IOException("Moto does not serve: " + Files.readString(log));
      }
      Thread.sleep(100);
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection http =
          (HttpURLConnection)
              endpoint.resolve("/moto-api/data.json").toURL().openConnection(Proxy.NO_PROXY);
      http.setReadTimeout(5_000);
      return http.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
