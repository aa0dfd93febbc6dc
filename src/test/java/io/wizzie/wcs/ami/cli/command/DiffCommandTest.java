package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.history.RecordedBuilds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void twoBuilds() throws IOException {
    program = new CommandLineRun(folder);
    write("wcs-1", RecordedBuilds.manifest("wcs-1", "ami-1"), RecordedBuilds.inventory("wcs-1"));
    write(
        "wcs-2",
        RecordedBuilds.manifest("wcs-2", "ami-2").replace("ab12", DIGEST),
        RecordedBuilds.inventory("wcs-2").replace("7.88", "7.99").replace("nano", "vim"));
  }

  private void write(String build, String manifest, String inventory) throws IOException {
    Path output = Files.createDirectories(folder.resolve("output").resolve(build));
    Files.writeString(output.resolve("manifest.json"), manifest);
    Files.writeString(output.resolve("inventory.cdx.json"), inventory);
  }

  @Test
  void printsATableAndExitsWithZeroAlthoughTheyDiffer() {
    assertThat(program.run("diff", "wcs-1", "ami-2")).isZero();

    assertThat(program.stderr()).isEmpty();
    assertThat(program.stdout())
        .isEqualTo(
            """
            Before: ami-1 of build wcs-1
            After:  ami-2 of build wcs-2

            WHAT      CHANGE   NAME               BEFORE             AFTER
            cookbook  changed  provision wcsprov  1.0.0 sha256:ab12  1.0.0 sha256:0123456789ab
            package   changed  curl:amd64         7.88               7.99
            package   removed  nano:amd64         7.2                -
            package   added    vim:amd64          -                  7.2
            """);
    assertThat(program.parts.calls).isEmpty();
  }

  @Test
  void printsAnObjectWithOutputJson() {
    assertThat(program.run("diff", "wcs-1", "wcs-2", "--output", "json")).isZero();

    assertThat(program.stderr()).isEmpty();
    assertThat(program.stdout())
        .contains(
            "\"different\" : true",
            "\"imageId\" : \"ami-2\"",
            """
                {
                  "what" : "package",
                  "change" : "removed",
                  "name" : "nano:amd64",
                  "before" : "7.2",
                  "after" : null
                },
            """)
        .contains("sha256:" + DIGEST);
  }

  @Test
  void saysWhenNothingDiffers() {
    assertThat(program.run("diff", "output/wcs-1/manifest.json", "wcs-1")).isZero();

    assertThat(program.stdout()).endsWith("\n\nNothing that was compared differs.\n");
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void warnsOfWhatItCanNotCompare() throws IOException {
    Files.delete(folder.resolve("output/wcs-2/inventory.cdx.json"));

    assertThat(program.run("diff", "wcs-1", "wcs-2")).isZero();

    assertThat(program.stderr())
        .startsWith("wcs-ami: warning: Packages, container images and gems are not compared: ");
    assertThat(program.stdout()).contains("cookbook").doesNotContain("package");
  }

  @Test
  void refusesBadInput() {
    assertThat(program.run("diff", "wcs-1", "ami-9")).isEqualTo(2);
    assertThat(program.stderr()).startsWith("wcs-ami: Image ami-9 is not known in ");

    program.err.reset();
    assertThat(program.run("diff", "wcs-1")).isEqualTo(2);
    assertThat(program.stderr()).startsWith("wcs-ami: Missing required parameter: 'AFTER'");

    program.err.reset();
    assertThat(program.run("diff", "wcs-1", "wcs-2", "--output", "text")).isEqualTo(2);
    assertThat(program.stdout()).isEmpty();
  }

  @Test
  void noticesThatNobodyReadsTheResult() {
    program.stdoutBroken = true;

    assertThat(program.run("diff", "wcs-1", "wcs-2")).isEqualTo(1);
    assertThat(program.stderr()).isEqualTo("wcs-ami: stdout can't be written.\n");
  }
}
