package io.wizzie.wcs.ami.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.InterruptibleCall;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import io.wizzie.wcs.ami.ssh.ShellWords;
import io.wizzie.wcs.ami.verify.ExternalProbe.Visit;
import io.wizzie.wcs.ami.verify.SmokeResult.Outside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the configured checks in the guest, and those of the network from outside as well. */
public record SmokeChecks(ExternalProbe visitor) {
  // Python is there because cloud-init is; curl, nc and the like may not be.
  private static final RootScript SCRIPT = RootScript.load(SmokeChecks.class, "smoke-checks.py");
  private static final Duration OVERHEAD = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Runs them all, each until it passes or the time is over.
   *
   * @param shell runs them all again where a reboot comes between, when it is that of {@link
   *     FirstBoot.Booted}
   * @param host by which the instance is reached from here
   * @throws BuildException category CHECK when the guest can't run them
   */
  public List<SmokeResult> run(
      RemoteShell shell, String host, List<SmokeCheck> checks, Duration timeout) {
    if (checks.isEmpty()) {
      return List.of();
    }
    String output =
        shell
            .require(
                RemoteCommand.of(
                        "sudo -n python3 - "
                            + timeout.toSeconds()
                            + " "
                            + ShellWords.quote(request(checks).toString()),
                        timeout.plus(OVERHEAD))
                    .withStdin(SCRIPT::writeTo),
                "Running the smoke checks")
            .stdout();
    JsonNode answers = answers(output, checks.size());
    List<SmokeResult> results = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      JsonNode answer = answers.get(i);
      SmokeCheck check = checks.get(i);
      // What does not even work inside needs no look from outside.
      boolean inside = answer.path("passed").asBoolean();
      Visit visit = inside ? visit(host, check) : new Visit(Outside.NOT_ASKED, "");
      results.add(
          new SmokeResult(
              check.describe(),
              inside,
              answer.path("said").asText(),
              visit.outcome(),
              visit.said()));
    }
    return results;
  }

  private Visit visit(String host, SmokeCheck check) {
    return InterruptibleCall.run(
        "checking from outside whether " + check.describe(), () -> visitor.visit(host, check));
  }

  /**
   * Fails unless all passed.
   *
   * @throws BuildException category CHECK that names each that did not
   */
  public static List<SmokeResult> requirePassed(List<SmokeResult> results) {
    List<SmokeResult> faults = results.stream().filter(each -> !each.passed()).toList();
    if (!faults.isEmpty()) {
      throw Category.CHECK.failure(
          faults.size()
              + " of "
              + results.size()
              + " smoke checks failed:\n"
              + faults.stream().map(each -> "  " + each.fault()).collect(Collectors.joining("\n")));
    }
    return results;
  }

  private static ArrayNode request(List<SmokeCheck> checks) {
    ArrayNode request = JSON.createArrayNode();
    for (SmokeCheck check : checks) {
      ObjectNode one = request.addObject();
      if (check instanceof SmokeCheck.Tcp tcp) {
        one.put("tcp", tcp.port());
      } else if (check instanceof SmokeCheck.Http http) {
        one.put("http", http.port()).put("path", http.path());
        one.put("status", http.status()).put("text", http.text());
      } else if (check instanceof SmokeCheck.Unit unit) {
        one.put("unit", unit.name());
      } else if (check instanceof SmokeCheck.Command command) {
        one.put("command", command.text());
      }
    }
    return request;
  }

  private static JsonNode answers(String output, int count) {
    try {
      JsonNode answers = JSON.readTree(output);
      if (answers.isArray() && answers.size() == count) {
        return answers;
      }
    } catch (JsonProcessingException notJson) {
      throw Category.CHECK.failure("The smoke checks printed no JSON: " + output.strip(), notJson);
    }
    throw Category.CHECK.failure("The smoke checks answered something else: " + output.strip());
  }
}
