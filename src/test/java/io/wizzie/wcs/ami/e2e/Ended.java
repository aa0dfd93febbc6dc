package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * A process that has ended, with all it wrote.
 *
 * @param took from its start until it was waited for and had ended
 */
record Ended(int exitCode, String stdout, String stderr, Duration took) {

  /** Of a build with {@code --output json} that made an image; returns all but its exit code. */
  JsonNode manifest() {
    try {
      ObjectNode document = (ObjectNode) new JsonMapper().readTree(stdout);
      assertThat(document.remove("exitCode").asInt(-1)).isZero();
      return document;
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + stdout, e);
    }
  }

  /** Of a build that made an image; returns its ID. */
  String imageId() {
    assertThat(exitCode).as("exit code, after%n%s", stderr).isZero();
    assertThat(stdout).matches("ami-[0-9a-f]{17}\n");
    return stdout.strip();
  }

  /** Of anything that made no image. */
  Ended requireFailed(int expectedCode) {
    assertThat(exitCode).as("exit code, after%n%s", stderr).isEqualTo(expectedCode);
    assertThat(stdout).isEmpty();
    return this;
  }

  Ended requireSuccess() {
    assertThat(exitCode).as("exit code, after%n%s%s", stdout, stderr).isZero();
    return this;
  }
}
