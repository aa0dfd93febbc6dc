package io.wizzie.wcs.ami.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import io.wizzie.wcs.ami.journal.RecordedResource.Fate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads journals, also of builds that were killed while they wrote: a last line that is cut off, or
 * that a power failure filled with zeros, is left out. Anything else that is no record is refused,
 * with its place.
 */
public final class JournalReader {
  /** Far more than a build of hours writes. */
  private static final long LARGEST = 64L << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path folder;
  private final Path file;
  private final Map<ResourceId, RecordedResource> resources = new LinkedHashMap<>();
  private final Map<Long, Intent> open = new LinkedHashMap<>();
  private final Map<String, String> notes = new TreeMap<>();
  private String buildId = "";
  private String region = "";
  private String tool = "";
  private @Nullable Instant begunAt;
  private @Nullable Instant lastAt;
  private @Nullable String outcome;
  private int line;

  private JournalReader(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(Journal.FILE_NAME);
  }

  /** Whether there is a journal in the folder. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(Journal.FILE_NAME));
  }

  /**
   * Reads the journal of a build's folder.
   *
   * @throws BuildException category HOST when it can't be read or is corrupt; the message begins
   *     with file and line
   */
  public static RecordedBuild read(Path folder) {
    Path file = folder.resolve(Journal.FILE_NAME);
    return PrivateFiles.require(
        "The journal " + file + " can't be read",
        () -> {
          if (Files.size(file) > LARGEST) {
            throw Category.HOST.failure(file + " is too large for a journal.");
          }
          return new JournalReader(folder)
              .read(Files.readString(file, StandardCharsets.ISO_8859_1));
        });
  }

  // Read byte by byte first: a line cut off within a letter must not make the rest unreadable.
  private RecordedBuild read(String bytes) {
    List<String> lines = bytes.lines().toList();
    boolean torn = !bytes.isEmpty() && !bytes.endsWith("\n");
    List<JsonNode> records = new ArrayList<>();
    for (String each : lines) {
      line++;
      boolean last = line == lines.size();
      JsonNode record = parse(each);
      if (record == null && last) {
        torn = true;
      } else if (record == null) {
        throw corrupt("is not a valid record");
      } else {
        take(record);
        records.add(record);
      }
    }
    if (records.isEmpty()) {
      line = 1;
      throw corrupt("there is no whole header");
    }
    return new RecordedBuild(
        folder.toAbsolutePath(),
        buildId,
        region,
        tool,
        begunAt,
        lastAt,
        List.copyOf(resources.values()),
        List.copyOf(open.values()),
        notes,
        outcome,
        torn);
  }

  private static @Nullable JsonNode parse(String bytes) {
    try {
      JsonNode node =
          JSON.readTree(
              new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
      return node != null && node.isObject() ? node : null;
    } catch (JsonProcessingException noRecord) {
      return null;
    }
  }

  private void take(JsonNode record) {
    if (line == 1) {
      header(record);
      return;
    }
    Instant at = instant(text(record, "at"));
    lastAt = at;
    // Words that are not known here were written by a later program of the same format: they add
    // to what is known, and take nothing back.
    switch (text(record, "what")) {
      case "intent" -> {
        long seq = number(record, "seq");
        open.put(seq, new Intent(seq, region(record), kind(record), finders(record), at));
      }
      case "created" -> {
        open.remove(number(record, "intent"));
        ResourceId resource = resource(record);
        resources.putIfAbsent(resource, new RecordedResource(resource, at, Fate.CREATED));
      }
      case "refused" -> open.remove(number(record, "intent"));
      case "removed" -> fate(record, at, Fate.REMOVED);
      case "left" -> fate(record, at, Fate.LEFT);
      case "kept" -> fate(record, at, Fate.KEPT);
      case "note" -> notes.put(text(record, "name"), text(record, "value"));
      case "finished" -> outcome = text(record, "outcome");
      default -> {}
    }
  }

  private void header(JsonNode header) {
    long version = number(header, "journal");
    if (version < 1 || version > Journal.VERSION) {
      throw corrupt(
          "format "
              + version
              + " is not known to this program, which reads 1 to "
              + Journal.VERSION);
    }
    buildId = text(header, "buildId");
    region = text(header, "region");
    tool = text(header, "tool");
    if (header.has("at")) {
      begunAt = instant(text(header, "at"));
      lastAt = begunAt;
    }
  }

  private void fate(JsonNode record, Instant at, Fate fate) {
    ResourceId resource = resource(record);
    resources.merge(
        resource,
        new RecordedResource(resource, at, fate),
        (before, now) ->
            // What was handed out stays so, and what is gone does not come back.
            before.fate() == Fate.KEPT || (before.fate() == Fate.REMOVED && fate == Fate.LEFT)
                ? before
                : new RecordedResource(resource, before.createdAt(), fate));
  }

  private Map<String, String> finders(JsonNode record) {
    Map<String, String> finders = new TreeMap<>();
    record
        .path("find")
        .properties()
        .forEach(each -> finders.put(each.getKey(), each.getValue().asText()));
    return finders;
  }

  private ResourceId resource(JsonNode record) {
    return new ResourceId(region(record), kind(record), text(record, "id"));
  }

  // Format 1 had it in the header alone.
  private String region(JsonNode record) {
    return record.has("region") ? text(record, "region") : region;
  }

  private ResourceKind kind(JsonNode record) {
    String word = text(record, "kind");
    return ResourceKind.of(word)
        .orElseThrow(() -> corrupt("\"" + word + "\" is not a known kind of resource"));
  }

  private String text(JsonNode record, String field) {
    JsonNode value = record.get(field);
    if (value == null || !value.isTextual()) {
      throw corrupt("\"" + field + "\" is missing or no text");
    }
    return value.textValue();
  }

  private long number(JsonNode record, String field) {
    JsonNode value = record.get(field);
    if (value == null || !value.isIntegralNumber()) {
      throw corrupt("\"" + field + "\" is missing or no number");
    }
    return value.longValue();
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException noTime) {
      throw corrupt("\"" + text + "\" is not an ISO-8601 time");
    }
  }

  private BuildException corrupt(String what) {
    return Category.HOST.failure(
        file
            + ":"
            + line
            + ": "
            + what
            + ". What its build has made is still found by tag; move the file away to go on.");
  }
}
