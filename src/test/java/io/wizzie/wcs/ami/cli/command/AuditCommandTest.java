package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.Check;
import io.wizzie.wcs.ami.audit.Finding;
import io.wizzie.wcs.ami.audit.Severity;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  private static final String IMAGE = "ami-0123456789abcdef0";
  private static final AuditReport FOUND =
      new AuditReport(
          List.of(),
          List.of(
              new Finding(Check.PRIVATE_KEYS, Severity.ERROR, "/root/k", 1, "holds a key", null),
              new Finding(Check.AMI_ENA, Severity.WARNING, IMAGE, 0, "has no ENA", "Old types")));

  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void startInAnEmptyFolder() {
    program = new CommandLineRun(folder);
  }

  private int audit(String... more) {
    List<String> line = new ArrayList<>(List.of("audit", IMAGE, "--region", "eu-west-1"));
    line.addAll(List.of(more));
    return program.run(line.toArray(String[]::new));
  }

  private void finding() {
    program.parts.audit = events -> new BuildOutcome.Audited(FOUND, List.of());
  }

  @Test
  void endsWithZeroWhenThereIsNothing() {
    assertThat(audit()).isZero();

    assertThat(program.stdout()).isEqualTo("No findings.\n");
    assertThat(program.stderr()).contains("Audited " + IMAGE);
    assertThat(program.parts.calls).containsSubsequence("connect", "audit " + IMAGE, "disconnect");
  }

  @Test
  void endsWithFourOnAnErrorAndShowsFindingsRemediesAndWaivers() {
    finding();

    assertThat(audit("-q")).isEqualTo(4);

    assertThat(program.stdout())
        .isEqualTo(
            """
            SEVERITY  CHECK         WHERE      FINDING
            error     private-keys  /root/k:1  holds a key

            Remedies:
              private-keys: Remove the file, or make the key at the first boot of each instance.

            WAIVED   WHERE                  FINDING     REASON
            ami-ena  ami-0123456789abcdef0  has no ENA  Old types
            """);
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void writesJson() throws IOException {
    finding();

    assertThat(audit("--output", "json")).isEqualTo(4);
    JsonNode json = new ObjectMapper().readTree(program.stdout());
    assertThat(json.path("imageId").asText()).isEqualTo(IMAGE);
    assertThat(json.path("findings")).hasSize(2);
  }

  @Test
  void writesSarif() throws IOException {
    finding();

    assertThat(audit("--output", "sarif")).isEqualTo(4);
    JsonNode sarif = new ObjectMapper().readTree(program.stdout());
    assertThat(sarif.at("/runs/0/results")).hasSize(2);
  }

  @Test
  void aFailureIsNoFinding() throws IOException {
    program.parts.audit =
        events ->
            new BuildOutcome.Failed(
                new BuildException(Category.ACCESS, "No route."), false, false, List.of());

    assertThat(audit("--output", "json")).isEqualTo(1);

    assertThat(program.stderr()).contains("wcs-ami: No route.");
    assertThat(new ObjectMapper().readTree(program.stdout()).at("/error/category").asText())
        .isEqualTo("access");
  }

  @Test
  void namesWhatIsLeft() {
    program.parts.audit = events -> new BuildOutcome.Audited(FOUND, List.of(Results.GROUP));

    assertThat(audit()).isEqualTo(3);
    assertThat(program.stderr()).contains("Left behind", "sg-1");
  }

  @Test
  void refusesWhatIsNoImageId() {
    assertThat(program.run("audit", "my-image", "--region", "eu-west-1")).isEqualTo(2);

    assertThat(program.stderr()).contains("'my-image' is not the ID of an image");
    assertThat(program.parts.calls).isEmpty();
  }
}
