package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.chef.ChefRecording;
import io.wizzie.wcs.ami.ssh.RootScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the parts of the first boot's script that a unit calls, with its folders moved. */
class BootstrapScriptTest {
  private static final String INSTANCE_ID = "cat /var/lib/cloud/data/instance-id 2> /dev/null";

  @TempDir Path folder;

  private Path log;

  @BeforeEach
  void installTheScript() throws IOException {
    log = folder.resolve("bootstrap.log");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    String script =
        text("wcs-bootstrap.sh")
            .replace("/usr/local/etc/wcs/ami", folder.toString())
            .replace("/var/lib/wcs-ami", folder.resolve("state").toString())
            .replace(INSTANCE_ID, "echo i-one");
    assertThat(script).contains("echo i-one");
    Files.writeString(bin.resolve("wcs-bootstrap"), script);
    Files.writeString(bin.resolve("chef-failure.awk"), text("chef-failure.awk"));
    Files.writeString(bin.resolve("systemctl"), "#!/bin/sh\necho running\n");
    assertThat(bin.resolve("systemctl").toFile().setExecutable(true)).isTrue();
    Files.writeString(
        folder.resolve("bootstrap.conf"),
        "SOLO=chef-solo\nLOG_FILE='" + log + "'\nTIMEOUT_SECONDS=60\n");
  }

  @ParameterizedTest
  @EnumSource
  void namesTheResourceWhoseFailureEndedTheRun(ChefRecording recording) throws Exception {
    attempt(1, recording.text());

    assertThat(state().path("state").asText()).isEqualTo("failed");
    assertThat(state().path("failingResource").asText("")).isEqualTo(recording.resource());
  }

  @Test
  void saysWhyWhereNoResourceFailed() throws Exception {
    attempt(1, ChefRecording.COMPILE_ERROR.text());

    assertThat(state().path("reason").asText())
        .isEqualTo(
            "chef-solo ended with exit code 1: NameError: undefined local variable or method"
                + " `nope' for cookbook: t, recipe: default :Chef::Recipe");
  }

  @Test
  void tellsNobodyWhatAnObjectInAMessageHolds() throws Exception {
    attempt(
        1,
        "[2026-03-04T05:06:07+00:00] FATAL: NoMethodError: undefined method `x' for"
            + " {\"password\"=>\"secret\"}:Hash\n");

    assertThat(state().path("reason").asText())
        .endsWith(": NoMethodError: undefined method `x' for ...");
  }

  @Test
  void writesJsonWhateverTheLanguageOfTheMessage() throws Exception {
    attempt(1, "[2026-03-04T05:06:07+00:00] FATAL: RuntimeError: " + "ü".repeat(200) + "\n");

    assertThat(state().path("reason").asText()).contains("ü".repeat(100));
  }

  @Test
  void countsRebootsAndNotAttempts() throws Exception {
    for (int i = 1; i <= 5; i++) {
      attempt(1, "");
    }
    assertThat(state().path("attempts").asInt()).isEqualTo(5);

    for (int reboot = 1; reboot <= 4; reboot++) {
      attempt(35, "");
      assertThat(state().path("state").asText()).isEqualTo("rebooting");
      assertThat(state().path("reboots").asInt()).isEqualTo(reboot);
    }
    attempt(35, "");

    assertThat(state().path("state").asText()).isEqualTo("failed");
    assertThat(state().path("reason").asText())
        .isEqualTo(
            "was cut short by a reboot 5 times; a reboot resource of the cookbooks lacks a guard");
    attempt(35, "");
    assertThat(state().path("state").asText()).isEqualTo("rebooting");
  }

  private void attempt(int exitStatus, String output) throws Exception {
    run("begin", Map.of());
    Files.writeString(log, Files.readString(log) + output);
    run("finish", Map.of("SERVICE_RESULT", "exit-code", "EXIT_STATUS", String.valueOf(exitStatus)));
  }

  private void run(String command, Map<String, String> environment) throws Exception {
    Path bin = folder.resolve("bin");
    ProcessBuilder builder =
        new ProcessBuilder("sh", bin.resolve("wcs-bootstrap").toString(), command)
            .redirectErrorStream(true);
    // As a unit's: systemd sets no locale.
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private JsonNode state() throws IOException {
    return new JsonMapper().readTree(folder.resolve("state/bootstrap.json").toFile());
  }

  private static String text(String resource) {
    return RootScript.load(BootstrapHook.class, resource).text();
  }
}
