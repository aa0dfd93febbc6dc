package io.wizzie.wcs.ami.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process: what only a real one shows. Needs no guest. */
class MainIT {
  @TempDir private Path folder;

  @Test
  void showsItsVersion() throws Exception {
    Process process = start("--version");

    assertThat(exitCode(process)).isZero();
    assertThat(stdout()).startsWith("wcs-ami ").hasLineCount(2);
    assertThat(stderr()).isEmpty();
  }

  @Test
  void printsTheUsageOnStderrWithoutACommand() throws Exception {
    Process process = start();

    assertThat(exitCode(process)).isEqualTo(2);
    assertThat(stdout()).isEmpty();
    assertThat(stderr()).contains("Usage: wcs-ami").doesNotContain("\u001b");
  }

  @Test
  void saysInOneLineWhatToDoWithoutCredentials() throws Exception {
    Process process = start("list", "--region", "eu-west-1");

    assertThat(exitCode(process)).isEqualTo(2);
    assertThat(stdout()).isEmpty();
    assertThat(stderr()).startsWith("wcs-ami: No AWS credentials were found").hasLineCount(1);
  }

  @Test
  void reportsProblemsOnStderrThoughStdoutIsFull() throws Exception {
    Process process =
        builder("validate", "--config", "missing.json", "--output", "json")
            .redirectOutput(new File("/dev/full"))
            .start();

    assertThat(exitCode(process)).isEqualTo(2);
    assertThat(stderr()).contains("missing.json").contains("1 problem");
  }

  @Test
  void endsAtOnceAtASignalWhenThereIsNothingToCleanUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(60_000);
      ProcessBuilder list =
          builder(
              "list",
              "--region",
              "local",
              "--endpoint-url",
              "http://127.0.0.1:" + silent.getLocalPort());
      list.environment().put("AWS_ACCESS_KEY_ID", "some");
      list.environment().put("AWS_SECRET_ACCESS_KEY", "key");
      Process process = list.redirectOutput(folder.resolve("stdout").toFile()).start();
      try (Socket connection = silent.accept()) {
        assertThat(connection.isConnected()).isTrue();
        process.destroy();

        assertThat(exitCode(process)).isEqualTo(130);
        assertThat(stdout()).isEmpty();
      }
    }
  }

  private Process start(String... args) throws IOException {
    return builder(args).redirectOutput(folder.resolve("stdout").toFile()).start();
  }

  private ProcessBuilder builder(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(System.getProperty("wcs-ami.jar"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("HOME", folder.toString());
    // Nobody looks for an instance's metadata on the machine that runs the tests.
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("AWS_CONFIG_FILE", folder.resolve("none").toString());
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
    return builder
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectError(folder.resolve("stderr").toFile());
  }

  private static int exitCode(Process process) throws InterruptedException {
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    return process.exitValue();
  }

  private String stdout() throws IOException {
    return Files.readString(folder.resolve("stdout"));
  }

  private String stderr() throws IOException {
    return Files.readString(folder.resolve("stderr"));
  }
}
