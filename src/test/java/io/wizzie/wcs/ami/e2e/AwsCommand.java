package io.wizzie.wcs.ami.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Debian's AWS CLI, pointed at an endpoint of the local region. */
record AwsCommand(String endpoint, Path stateFolder) {
  private static final String PROGRAM = "/usr/bin/aws";

  /** Skips the test where there is no AWS CLI; {@code make test} installs it. */
  static AwsCommand at(String endpoint, Path stateFolder) {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(PROGRAM)), PROGRAM + " is missing: install awscli");
    return new AwsCommand(endpoint, stateFolder);
  }

  /** Calls {@code aws ec2} and returns what it prints as text, one value a line. */
  String ec2(String query, String... arguments) {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "ec2"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--endpoint-url", endpoint, "--query", query));
    return run(command).stdout().strip();
  }

  private Ended run(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(variables());
    try (Running running = Running.start(builder)) {
      return running.await().requireSuccess();
    }
  }

  /** Runs a line that a person was told to copy. */
  Ended runAdvice(String line) {
    return run(List.of("sh", "-c", line));
  }

  private Map<String, String> variables() {
    return Map.of(
        "AWS_SHARED_CREDENTIALS_FILE", stateFolder.resolve("access/credentials").toString(),
        "AWS_REGION", "local",
        "AWS_DEFAULT_REGION", "local",
        "AWS_DEFAULT_OUTPUT", "text",
        "AWS_EC2_METADATA_DISABLED", "true");
  }
}
