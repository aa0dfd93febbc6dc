package io.wizzie.wcs.ami.localregion.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request that never ends is cut off. The limit holds for a whole JVM, so this takes another. */
class SlowClientTest {

  @Test
  @Timeout(60)
  void aRequestThatDoesNotEndIsCutOff() throws Exception {
    Process server =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Dsun.net.httpserver.maxReqTime=1",
                    SlowClientTest.class.getName()))
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("cut off\ncut off\n");
      assertThat(server.waitFor()).isZero();
    } finally {
      server.destroyForcibly();
    }
  }

  /** Serves, sends the beginnings of two requests, and tells what becomes of them. */
  public static void main(String[] args) throws IOException {
    SignatureCheck signatures =
        new SignatureCheck(new AccessKey("k", Secret.ofUtf8("s")), Clock.systemUTC());
    try (QueryServer server = QueryServer.start(0, signatures, request -> "")) {
      for (String beginning :
          List.of(
              "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
              "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nAction=")) {
        try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort())) {
          socket.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
          System.out.println(socket.getInputStream().read() < 0 ? "cut off" : "answered");
        }
      }
    }
  }
}
