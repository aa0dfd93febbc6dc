package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Commands that the program advises, copied from stderr into a shell as they stand. */
class AdvisedCommandsIT extends WorkplaceCase {
  private static final Pattern ADVICE = Pattern.compile("removed by: (java -jar .*)");

  @Test
  void theAdvisedCleanRemovesWhatAFailedCleanupLeft() {
    // Before there is a builder, which would take longer.
    workplace.stage(
        """
        {"faults": [{"actions": ["AuthorizeSecurityGroupIngress", "DeleteSecurityGroup"],
          "error": {"code": "UnauthorizedOperation", "status": 403}}]}
        """);
    try (Running serving = workplace.start("local", "serve")) {
      String endpoint = serving.awaitResult();
      List<String> key = workplace.accessKey();
      Path file =
          workplace.write(
              "credentials",
              "[at-work]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                  .formatted(key.get(0), key.get(1)));
      workplace.variable("AWS_SHARED_CREDENTIALS_FILE", file.toString());

      // One by option and one by variable, which the next terminal does not have.
      workplace.variable("AWS_ENDPOINT_URL_EC2", endpoint);
      Ended build = workplace.buildTrial("--profile", "at-work").requireFailed(3);
      workplace.variable("AWS_ENDPOINT_URL_EC2", null);
      String clean = advice(build.stderr());
      assertThat(clean)
          .contains("--region local", "--profile at-work", "--endpoint-url " + endpoint)
          .doesNotContain(key);

      String buildId = workplace.buildFolder().getFileName().toString();
      Ended resume =
          workplace
              .run("resume", buildId, "--profile", "at-work", "--endpoint-url", endpoint)
              .requireFailed(2);
      assertThat(resume.stderr()).contains("it ended with a failure");
      assertThat(advice(resume.stderr())).isEqualTo(clean);

      workplace.run("local", "scenario", "clear").requireSuccess();
      workplace.variable("WCS_AMI_STATE_DIR", null);
      Ended cleaned = workplace.shell(clean).requireSuccess();
      workplace.variable("WCS_AMI_STATE_DIR", workplace.stateFolder().toString());
      assertThat(cleaned.stdout()).containsPattern("security group +sg-[0-9a-f]+ +removed");
      assertThat(workplace.buildFolder().resolve("journal.lock")).doesNotExist();
      serving.stop("TERM");
    }
    requireNothingLeft();
  }

  static String advice(String stderr) {
    Matcher found = ADVICE.matcher(stderr);
    assertThat(found.find()).as(stderr).isTrue();
    return found.group(1);
  }
}
