package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.event.FailureText;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --output json} prints when there is no result: one object that has {@code error},
 * which a result never has.
 *
 * <p>Fields:
 *
 * <ul>
 *   <li>{@code exitCode}
 *   <li>{@code error}: {@code category} (usage, configuration, ec2, access to AWS or to the guest,
 *       guest, check, host, interrupted, internal), {@code message}, and for a wrong command line
 *       or configuration {@code problems}, each {@code where}, {@code path}, {@code message}
 *   <li>once the build has begun: {@code buildId}, {@code log}, and {@code leftovers}, as in the
 *       manifest; and {@code imageId} when the build was stopped after its image was finished
 * </ul>
 */
public final class FailureDocument {
  private FailureDocument() {}

  /** Of something that failed before anything was begun. */
  public static ObjectNode of(Throwable failure, int exitCode) {
    List<Problem> problems = List.of();
    if (failure instanceof InvalidSpecException invalid) {
      problems = invalid.problems();
    } else if (failure instanceof BuildException known
        && (known.category() == BuildException.Category.CONFIGURATION
            || known.category() == BuildException.Category.CREDENTIALS)) {
      String where = known.category().name().toLowerCase(Locale.ROOT);
      problems = List.of(new Problem(where, "", message(failure)));
    }
    return of(exitCode, category(failure), message(failure), problems);
  }

  /** Of a command line that can't be understood. */
  public static ObjectNode usage(String message, int exitCode) {
    return of(exitCode, "usage", message, List.of(new Problem("command line", "", message)));
  }

  private static ObjectNode of(
      int exitCode, String category, String message, List<Problem> problems) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("exitCode", exitCode);
    ObjectNode error = document.putObject("error");
    error.put("category", category).put("message", message);
    if (!problems.isEmpty()) {
      error.set("problems", problems(problems));
    }
    return document;
  }

  /** Of a build that was begun. */
  public static ObjectNode of(
      RuntimeException failure,
      int exitCode,
      String buildId,
      @Nullable Path log,
      List<Leftover> leftovers) {
    ObjectNode document = of(failure, exitCode);
    document.put("buildId", buildId);
    if (log != null) {
      document.put("log", log.toString());
    }
    Leftover.write(leftovers, document.putArray("leftovers"));
    return document;
  }

  /**
   * What a validation found: {@code exitCode}, {@code valid} and {@code problems}, each as above.
   */
  public static ObjectNode validation(List<Problem> problems, int exitCode) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("exitCode", exitCode);
    document.put("valid", problems.isEmpty());
    document.set("problems", problems(problems));
    return document;
  }

  private static String category(Throwable failure) {
    if (failure instanceof InvalidSpecException) {
      return "configuration";
    }
    if (failure instanceof BuildException known) {
      return known.category() == BuildException.Category.CREDENTIALS
          ? "access"
          : known.category().name().toLowerCase(Locale.ROOT);
    }
    return "internal";
  }

  private static String message(Throwable failure) {
    boolean known = failure instanceof BuildException || failure instanceof InvalidSpecException;
    String message = failure.getMessage();
    return known && message != null ? FailureText.plain(message) : FailureText.of(failure);
  }

  private static ArrayNode problems(List<Problem> problems) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Problem problem : problems) {
      array
          .addObject()
          .put("where", problem.where())
          .put("path", problem.path())
          .put("message", FailureText.plain(problem.message()));
    }
    return array;
  }
}
