package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.event.LineText;
import io.wizzie.wcs.ami.localregion.log.ActionEntry;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the local region's action log for people. */
public final class ActionLogText {
  private ActionLogText() {}

  /** A line of the log's own, in words; one that is none, as it is. */
  public static String line(String json) {
    return LineText.plain(ActionEntry.read(json).map(ActionLogText::text).orElse(json));
  }

  private static String text(ActionEntry entry) {
    String parameters =
        entry.parameters().entrySet().stream()
            .map(parameter -> " " + parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "%s %s %s %s %d ms%s%s",
        entry.time().truncatedTo(ChronoUnit.MILLIS),
        entry.region(),
        entry.action(),
        entry.code(),
        entry.millis(),
        entry.rule() == null ? "" : " [scenario " + entry.rule() + "]",
        parameters);
  }
}
