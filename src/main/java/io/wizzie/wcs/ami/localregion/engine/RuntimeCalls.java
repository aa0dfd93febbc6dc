package io.wizzie.wcs.ami.localregion.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calls of the container program, whose failures become exceptions. */
record RuntimeCalls(CommandRunner runner, ContainerRuntime runtime) {
  private static final Duration USUAL = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each takes a tenth of a second or more, far longer than a removal. */
  private static final int LISTINGS = 10;

  Outcome attempt(List<String> arguments) {
    return attempt(arguments, USUAL);
  }

  Outcome attempt(List<String> arguments, Duration timeout) {
    return runner.run(runtime.command(arguments), timeout);
  }

  /**
   * Runs a verb that has to succeed, and returns what it wrote; a failure says what was being done.
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

  /**
   * Lists IDs or names. Podman fails a listing when another process removes what is listed just
   * then, so that is tried again.
   */
  List<String> list(String doing, List<String> arguments) {
    Outcome outcome = attempt(arguments);
    for (int again = 1; again < LISTINGS && !outcome.succeeded(); again++) {
      if (!isMissing(outcome) && !isInUse(outcome)) {
        break;
      }
      outcome = attempt(arguments);
    }
    if (!outcome.succeeded()) {
      throw failure(doing, outcome);
    }
    return outcome.stdout().lines().map(String::strip).filter(id -> !id.isEmpty()).toList();
  }

  /** Removes something; whether it is gone now, whoever did it: false while something uses it. */
  boolean remove(String doing, List<String> arguments) {
    Outcome outcome = attempt(arguments);
    if (!outcome.succeeded() && !isMissing(outcome) && !isInUse(outcome)) {
      throw failure(doing, outcome);
    }
    return outcome.succeeded() || isMissing(outcome);
  }

  BuildException failure(String doing, Outcome outcome) {
    return Category.HOST.failure(
        "%s could not %s: %s. If it stays so, `wcs-ami local reset` starts afresh."
            .formatted(runtime.title(), doing, outcome.reason()));
  }

  /** Inspects a {@code container}, {@code image} or {@code network}; empty when there is none. */
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

  /** The objects that have the IDs, by a verb with its flags. */
  JsonNode inspectAll(List<String> verb, List<String> ids) {
    if (ids.isEmpty()) {
      return JSON.createArrayNode();
    }
    List<String> arguments = new ArrayList<>(verb);
    arguments.addAll(ids);
    // One that was removed meanwhile fails the call, but the others are printed all the same.
    return parse(attempt(arguments).stdout());
  }

  /** Whether a removal failed because a container or another image needs the object. */
  static boolean isInUse(Outcome outcome) {
    String reason = outcome.stderr();
    return reason.contains("in use")
        || reason.contains("is using")
        || reason.contains("being used")
        || reason.contains("dependent child")
        || reason.contains("has associated containers")
        || reason.contains("has active endpoints");
  }

  private static JsonNode parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.isArray() ? node : JSON.createArrayNode();
    } catch (JsonProcessingException unreadable) {
      throw Category.HOST.failure(
          "The container program answered something that is not JSON.", unreadable);
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
