package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import io.wizzie.wcs.ami.pipeline.result.Verification.Trial;
import io.wizzie.wcs.ami.verify.SmokeResult;
import io.wizzie.wcs.ami.verify.SmokeResult.Outside;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {
  private static final String LOG = "Log: output/wcs-20260304-050607-abcdef/build.log\n";
  private static final Verification WORKS =
      new Verification(
          "ami-0abc1234",
          List.of(
              new Trial(
                  "plain",
                  "i-1",
                  Duration.ofSeconds(75),
                  Path.of("/logs/bootstrap-plain.log"),
                  List.of(
                      new SmokeResult(
                          "port 3000",
                          true,
                          "accepts connections",
                          Outside.NOT_REACHABLE,
                          "silent"),
                      new SmokeResult(
                          "HTTP 3000 /", true, "status 200", Outside.PASSED, "status 200")))),
          null);

  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void startInAnEmptyFolder() {
    program = new CommandLineRun(folder);
    program.parts.script = events -> new BuildOutcome.Verified(WORKS, List.of());
  }

  @Test
  void warnsWhenNothingButTheFirstBootWasChecked() {
    Trial trial =
        new Trial("plain", "i-1", Duration.ofSeconds(75), Path.of("/logs/x.log"), List.of());
    program.parts.script =
        events ->
            new BuildOutcome.Verified(
                new Verification("ami-0abc1234", List.of(trial), null), List.of());

    assertThat(program.run("verify", "ami-0abc1234", "--region", "eu-west-1")).isZero();

    assertThat(program.stderr())
        .contains("warning: \"verify.checks\" is empty: only cloud-init and the bootstrap were");
  }

  @Test
  void printsWhatWasCheckedAsATable() {
    assertThat(program.run("verify", "ami-0abc1234", "--region", "eu-west-1")).isZero();

    assertThat(program.stdout())
        .isEqualTo(
            """
            INSTANCE  CHECK        INSIDE               OUTSIDE
            plain     first boot   converged in 1m15s
            plain     port 3000    accepts connections  silent
            plain     HTTP 3000 /  status 200           status 200
            """);
    assertThat(program.stderr())
        .isEqualTo("ami-0abc1234 works. Bootstrap logs: output/wcs-20260304-050607-abcdef\n");
    assertThat(program.parts.calls).contains("connect", "verify ami-0abc1234", "disconnect");
  }

  @Test
  void printsWhatWasCheckedAsJson() throws JsonProcessingException {
    assertThat(
            program.run(
                "verify", "ami-0abc1234", "--region", "eu-west-1", "--output", "json", "--quiet"))
        .isZero();

    JsonNode document = new JsonMapper().readTree(program.stdout());
    assertThat(document.path("imageId").textValue()).isEqualTo("ami-0abc1234");
    JsonNode instance = document.path("instances").path(0);
    assertThat(instance.path("firstBootSeconds").asInt()).isEqualTo(75);
    assertThat(instance.path("checks").path(0).path("outside").textValue())
        .isEqualTo("not_reachable");
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void exitsWithFourAndTheCauseWhenTheImageDoesNotWork() {
    program.parts.script =
        events ->
            new BuildOutcome.Failed(
                new BuildException(Category.CHECK, "failing resource: a[b]\nthe log's tail"),
                false,
                false,
                List.of());

    assertThat(program.run("verify", "ami-0abc1234", "--region", "eu-west-1")).isEqualTo(4);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            "wcs-ami: failing resource: a[b]\nthe log's tail\n"
                + "Everything that the verification created was removed.\n"
                + LOG);
  }

  @Test
  void exitsWithThreeAndNamesWhatIsLeft() {
    program.parts.script = events -> new BuildOutcome.Verified(WORKS, List.of(Results.GROUP));

    assertThat(program.run("verify", "ami-0abc1234", "--region", "eu-west-1", "-q")).isEqualTo(3);

    assertThat(program.stderr()).contains("Left behind", Results.GROUP.removal());
    assertThat(program.stdout()).contains("HTTP 3000 /");
  }

  @Test
  void runsInTheLocalRegionOfThisProcess() {
    assertThat(program.run("verify", "ami-0abc1234", "--region", "local")).isZero();

    assertThat(program.parts.target).isNotNull();
    assertThat(program.parts.target.endpoint()).isNotNull();
  }

  @Test
  void needsAnImage() {
    assertThat(program.run("verify", "--region", "eu-west-1")).isEqualTo(2);

    assertThat(program.stderr()).contains("IMAGE");
    assertThat(program.parts.calls).isEmpty();
  }

  @Test
  void refusesWhatIsNoImageId() {
    assertThat(program.run("verify", "wcs-1.1.0", "--region", "eu-west-1")).isEqualTo(2);

    assertThat(program.stderr()).contains("'wcs-1.1.0' is not the ID of an image");
    assertThat(program.parts.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', NO", "--verify, REMOVE_FAILING", "--verify --keep, KEEP_FAILING"})
  void aBuildVerifiesWhenAsked(String options, Verify meaning) {
    program.parts.script = events -> new BuildOutcome.Built(Results.built(List.of()));
    String line = ("build --region eu-west-1 " + options).strip();

    assertThat(program.run(line.split(" ", -1))).isZero();

    assertThat(program.parts.options).isNotNull();
    assertThat(program.parts.options.verify()).isEqualTo(meaning);
  }

  @Test
  void keepingWithoutVerifyingIsAMistake() {
    assertThat(program.run("build", "--region", "eu-west-1", "--keep")).isEqualTo(2);

    assertThat(program.stderr()).contains("--keep", "--verify");
    assertThat(program.parts.calls).isEmpty();
  }
}
