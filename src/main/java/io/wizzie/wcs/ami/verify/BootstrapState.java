package io.wizzie.wcs.ami.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import org.jspecify.annotations.Nullable;

/**
 * What the bootstrap hook says of itself in {@value #FILE}.
 *
 * @param state {@code converged}, {@code failed}, {@code running} or {@code rebooting}
 * @param reason null where all is well
 * @param failingResource null where none is known
 */
public record BootstrapState(
    String state,
    int attempts,
    @Nullable String reason,
    @Nullable String failingResource,
    String logFile) {
  static final String FILE = "/var/lib/wcs-ami/bootstrap.json";

  private static final JsonMapper JSON = new JsonMapper();

  boolean isConverged() {
    return state.equals("converged");
  }

  boolean isFailed() {
    return state.equals("failed");
  }

  /** Why it failed, as the end of a sentence. */
  String why() {
    return (reason == null ? "it says no reason" : reason)
        + (failingResource == null ? "" : "; failing resource: " + failingResource);
  }

  /**
   * Reads the file's text.
   *
   * @throws BuildException category CHECK when it is not what the hook writes
   */
  static BootstrapState parse(String text) {
    try {
      JsonNode file = JSON.readTree(text);
      String state = text(file, "state");
      String logFile = text(file, "logFile");
      if (state == null || logFile == null) {
        throw unreadable(text, null);
      }
      return new BootstrapState(
          state,
          file.path("attempts").asInt(1),
          text(file, "reason"),
          text(file, "failingResource"),
          logFile);
    } catch (JsonProcessingException notJson) {
      throw unreadable(text, notJson);
    }
  }

  private static @Nullable String text(JsonNode file, String name) {
    return file.path(name).textValue();
  }

  private static BuildException unreadable(String text, @Nullable Exception cause) {
    return Category.CHECK.failure(
        "The bootstrap's status in " + FILE + " can't be read: " + text.strip(), cause);
  }
}
