package io.wizzie.wcs.ami.localregion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.localregion.model.Policy.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "RunInstances, ALLOWED",
    // The document spells it CreateKeypair.
    "CreateKeyPair, ALLOWED",
    "StartInstances, NOT_ALLOWED",
    "DescribeInstanceStatus, NOT_ALLOWED"
  })
  void theProjectsPolicyAllowsItsActionsOnly(String action, Decision decision) {
    assertThat(Policy.ofTheProject().on(action)).isEqualTo(decision);
  }

  @Test
  void theReadmeShowsTheProjectsPolicy() throws Exception {
    Matcher shown =
        Pattern.compile("```json\\s+(\\{\\s+\"Version\".*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(shown.find()).isTrue();
    try (var resource = Policy.class.getResourceAsStream("policy.json")) {
      assertThat(new String(resource.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualToIgnoringWhitespace(shown.group(1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ec2:Describe* | DescribeImages | ALLOWED",
        "EC2:describe* | DescribeImages | ALLOWED",
        "ec2:Describe* | RunInstances | NOT_ALLOWED",
        "ec2:DescribeImage? | DescribeImages | ALLOWED",
        "ec2:DescribeImage? | DescribeImageAttribute | NOT_ALLOWED",
        "* | RunInstances | ALLOWED",
        "s3:* | RunInstances | NOT_ALLOWED",
        "ec2:run.nstances | RunInstances | NOT_ALLOWED",
      })
  void actionsMatchAsInIam(String pattern, String action, Decision decision) throws Exception {
    Policy policy =
        policy(
            """
            {"Version": "2012-10-17",
             "Statement": [{"Effect": "Allow", "Action": ["%s"], "Resource": ["*"]}]}
            """
                .formatted(pattern));

    assertThat(policy.on(action)).isEqualTo(decision);
  }

  @Test
  void aDenyWinsWhereverItStands() throws Exception {
    Policy policy =
        policy(
            """
            {"Statement": [
              {"Effect": "Deny", "Action": "ec2:Terminate*", "Resource": "*"},
              {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]}
            """);

    assertThat(policy.on("TerminateInstances")).isEqualTo(Decision.DENIED);
    assertThat(policy.on("StopInstances")).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void aStatementCanBeAboutAllButSome() throws Exception {
    Policy policy =
        policy(
            """
            {"Statement": {"Effect": "Allow", "NotAction": "ec2:Run*", "Resource": "*"}}
            """);

    assertThat(policy.on("RunInstances")).isEqualTo(Decision.NOT_ALLOWED);
    assertThat(policy.on("StopInstances")).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void otherServicesStatementsMayBeLimited() throws Exception {
    Policy policy =
        policy(
            """
            {"Statement": [
              {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::1:role/x"},
              {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}
            """);

    assertThat(policy.on("RunInstances")).isEqualTo(Decision.ALLOWED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | is not JSON",
        "[] | the document is no object",
        "{} | statement 1 is no object",
        "{\"Statements\": []} | the document has an element Statements",
        "{\"Statement\": {\"Effect\": \"Allow\"}} | exactly one of Action and NotAction",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [1], \"Resource\": \"*\"}} | other than text",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ec2:*\"}} | judges by actions alone",
        "{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"x\"}}"
            + " | judges by actions alone",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"e*:x\", \"Resource\": \"*\","
            + " \"Condition\": {}}} | judges by actions alone",
      })
  void whatCanNotBeJudgedIsRefused(String json, String message) {
    assertThatThrownBy(() -> policy(json))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsNotThereIsAMatterOfConfiguration() {
    assertThatThrownBy(() -> Policy.read(folder.resolve("absent.json")))
        .isInstanceOfSatisfying(
            BuildException.class,
            failure ->
                assertThat(failure.category()).isEqualTo(BuildException.Category.CONFIGURATION));
  }

  private Policy policy(String json) throws Exception {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, json);
    return Policy.read(file);
  }
}
