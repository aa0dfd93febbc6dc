package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds whose credentials, which a process of the user's gives, expire on the way. */
class ExpiredCredentialsIT extends WorkplaceCase {
  private Running serving;
  private String endpoint;

  @BeforeEach
  void serve() {
    serving = workplace.start("local", "serve");
    endpoint = serving.awaitResult();
  }

  @AfterEach
  void stop() {
    serving.stop("TERM");
    serving.close();
  }

  /**
   * A process that gives the key.
   *
   * @param after what it does before, in a shell that knows how often it was asked as {@code
   *     $times}
   */
  private void give(String after) {
    List<String> key = workplace.accessKey();
    String script =
        """
        cd '%s' || exit
        echo asked >> asked
        times=$(wc -l < asked)
        %s
        echo '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s"}'
        """
            .formatted(workplace.folder(), after, key.get(0), key.get(1));
    String command = "sh " + workplace.write("give.sh", script);
    workplace.variable(
        "AWS_CONFIG_FILE",
        workplace
            .write("config", "[profile fleeting]\ncredential_process = " + command + "\n")
            .toString());
  }

  private Ended build(String... more) {
    return workplace.run(
        Workplace.trial(
            Stream.concat(
                    Stream.of("--profile", "fleeting", "--endpoint-url", endpoint), Stream.of(more))
                .toArray(String[]::new)));
  }

  private long asked() {
    return Workplace.read(workplace.folder().resolve("asked")).lines().count();
  }

  @Test
  void theBuildGoesOnWithNewCredentials() {
    give("");
    // Twice, since the SDK takes this answer for a wrong clock's first, and signs again.
    workplace.stage(
        """
        {"faults": [{"actions": ["StopInstances"], "count": 2,
          "error": {"code": "RequestExpired", "message": "Request has expired.", "status": 400}}]}
        """);

    Ended build = build();

    String imageId = build.imageId();
    assertThat(build.stderr())
        .contains(
            "The AWS credentials have expired (RequestExpired). Paused: renew them",
            "It gives up after 15 min.",
            "The AWS credentials were renewed: going on");
    // At the beginning and after the pause.
    assertThat(asked()).isEqualTo(2);
    requireNothingBut(imageId);
  }

  @Test
  void aBuildThatGetsNoNewCredentialsNamesWhatIsLeftAndHowItIsRemoved() {
    give("[ \"$times\" = 1 ] || { echo 'the session is over' >&2; exit 1; }");
    workplace.stage(
        """
        {"faults": [{"actions": ["RunInstances"], "count": 1,
          "error": {"code": "ExpiredToken", "message": "The token has expired.", "status": 400}}]}
        """);

    Ended build = build("--set", "timeouts.credentials=5s").requireFailed(3);

    assertThat(build.stderr())
        .contains(
            "The AWS credentials have expired (ExpiredToken). Paused: renew them",
            "It gives up after 5 s.",
            "there are no AWS credentials any more",
            "the session is over",
            "Left behind, newest first:",
            "aws ec2 delete-security-group",
            "aws ec2 delete-key-pair",
            "--profile fleeting --endpoint-url " + endpoint)
        .doesNotContain("going on");

    // The person has signed in again.
    give("");
    workplace.shell(AdvisedCommandsIT.advice(build.stderr())).requireSuccess();
    requireNothingLeft();
  }

  @Test
  void aWrongClockIsNamed() {
    give("");
    workplace.stage(
        """
        {"faults": [{"actions": ["AuthorizeSecurityGroupIngress"],
          "error": {"code": "RequestTimeTooSkewed", "status": 403, "message": "Skewed."}}]}
        """);

    Ended build = build().requireFailed(1);

    assertThat(build.stderr())
        .contains("This machine's clock differs from EC2's: set it")
        .doesNotContain("Paused");
    requireNothingLeft();
  }
}
