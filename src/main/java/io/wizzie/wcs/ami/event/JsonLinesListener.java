package io.wizzie.wcs.ami.event;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Writes every event as one JSON object per line, for programs. {@code event} names the kind in
 * kebab case; the other fields are the event's own, {@code elapsedSeconds} among them.
 */
public final class JsonLinesListener implements BuildListener {
  private final JsonMapper json = JsonMapper.builder().build();
  private final BufferedWriter writer;

  private JsonLinesListener(BufferedWriter writer) {
    this.writer = writer;
  }

  /**
   * Opens the file, adding to one that exists.
   *
   * @throws UncheckedIOException when it can't be written
   */
  public static JsonLinesListener open(Path file) {
    return new JsonLinesListener(LogFileListener.openForAppending(file));
  }

  @Override
  public synchronized void accept(BuildEvent event) {
    try {
      writer.write(json.writeValueAsString(object(event)));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode object(BuildEvent event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("at", event.at().toString());
    if (event instanceof BuildEvent.StageStarted started) {
      node.put("event", "stage-started").put("stage", started.name()).put("title", started.title());
    } else if (event instanceof BuildEvent.StageFinished finished) {
      node.put("event", "stage-finished").put("stage", finished.name());
      node.put("result", finished.result());
      node.put("elapsedSeconds", finished.elapsed().toMillis() / 1000.0);
    } else if (event instanceof BuildEvent.StageFailed failed) {
      node.put("event", "stage-failed").put("stage", failed.name());
      node.put("message", failed.message());
      node.put("elapsedSeconds", failed.elapsed().toMillis() / 1000.0);
    } else if (event instanceof BuildEvent.Progress progress) {
      node.put("event", "progress").put("message", progress.message());
    } else if (event instanceof BuildEvent.GuestOutput output) {
      node.put("event", "guest-output").put("source", output.source()).put("line", output.line());
    } else if (event instanceof BuildEvent.Warning warning) {
      node.put("event", "warning").put("message", warning.message());
    } else if (event instanceof BuildEvent.ResourceCreated created) {
      node.put("event", "resource-created").put("kind", created.kind()).put("id", created.id());
    } else if (event instanceof BuildEvent.ResourceRemoved removed) {
      node.put("event", "resource-removed").put("kind", removed.kind()).put("id", removed.id());
    } else if (event instanceof BuildEvent.ImageKept kept) {
      node.put("event", "image-kept").put("imageId", kept.imageId());
      ArrayNode snapshots = node.putArray("snapshotIds");
      kept.snapshotIds().forEach(snapshots::add);
    } else if (event instanceof BuildEvent.ResourceLeft left) {
      node.put("event", "resource-left").put("kind", left.kind()).put("id", left.id());
      node.put("reason", left.reason()).put("removal", left.removal());
    } else {
      throw new IllegalArgumentException("An event that JSON lines do not know: " + event);
    }
    return node;
  }
}
