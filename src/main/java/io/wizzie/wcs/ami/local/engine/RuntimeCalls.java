package io.wizzie.wcs.ami.local.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.local.engine.CommandRunner.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calls of the container program, whose failures become exceptions. */
final class RuntimeCalls {
  private static final Duration USUAL = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CommandRunner runner;
  private final ContainerRuntime runtime;

  RuntimeCalls(CommandRunner runner, ContainerRuntime runtime) {
    this.runner = runner;
    this.runtime = runtime;
  }

  ContainerRuntime runtime() {
    return runtime;
  }

  Outcome attempt(List<String> arguments) {
    return attempt(arguments, USUAL);
  }

  Outcome attempt(List<String> arguments, Duration timeout) {
    return runner.run(runtime.command(arguments), timeout);
  }

  /**
   * Runs a verb that has to succeed.
   *
   * @param doing what is done, to which resource, for the message
   * @return what it wrote to its standard output
   */
  String call(String doing, List<String> arguments) {
    return call(doing, arguments, USUAL);
  }

  String call(String doing, List<String> arguments, Duration timeout) {
    Outcome outcome = attempt(arguments, timeout);
    if (!outcome.succeeded()) {
      throw failure(doing, outcome);
    }
    return outcome.stdout();
  }

  BuildException failure(String doing, Outcome outcome) {
    return new BuildException(
        Category.HOST,
        "%s could not %s: %s. If it stays so, `wcs-ami local reset` starts afresh."
            .formatted(runtime.title(), doing, outcome.reason()));
  }

  /**
   * Inspects one object.
   *
   * @param kind {@code container}, {@code image} or {@code network}
   * @return empty when there is none of that name
   */
  Optional<JsonNode> inspect(String kind, String name) {
    Outcome outcome = attempt(List.of(kind, "inspect", name));
    if (outcome.succeeded()) {
      return Optional.of(parse(outcome.stdout()).path(0));
    }
    if (isMissing(outcome)) {
      return Optional.empty();
    }
    throw failure("inspect the %s %s".formatted(kind, name), outcome);
  }

  Optional<String> imageId(String name) {
    return inspect("image", name).map(image -> image.path("Id").asText());
  }

  /** Removes an image whose name went to another one, unless a guest still runs from it. */
  void removeReplacedImage(String id) {
    attempt(List.of("rmi", id));
  }

  /** The objects that have IDs in the given text, one a line. */
  JsonNode inspectAll(String kind, String ids) {
    return inspectAll(List.of(kind, "inspect"), ids);
  }

  /** As above, with the verb and its flags. */
  JsonNode inspectAll(List<String> verb, String ids) {
    List<String> names = ids.lines().map(String::strip).filter(id -> !id.isEmpty()).toList();
    if (names.isEmpty()) {
      return JSON.createArrayNode();
    }
    List<String> arguments = new ArrayList<>(verb);
    arguments.addAll(names);
    // One that was removed meanwhile fails the call, but the others are printed all the same.
    return parse(attempt(arguments).stdout());
  }

  private static JsonNode parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.isArray() ? node : JSON.createArrayNode();
    } catch (JsonProcessingException unreadable) {
      throw new BuildException(
          Category.HOST, "The container program answered something that is not JSON.", unreadable);
    }
  }

  /** Whether a call failed only because the object is not there; both programs say it in words. */
  static boolean isMissing(Outcome outcome) {
    String reason = outcome.stderr().toLowerCase(Locale.ROOT);
    if (reason.contains("executable file")) {
      return false;
    }
    return reason.contains("no such ")
        || reason.contains("not found")
        || reason.contains("not known")
        || reason.contains("does not exist")
        || reason.contains("unable to inspect");
  }
}
