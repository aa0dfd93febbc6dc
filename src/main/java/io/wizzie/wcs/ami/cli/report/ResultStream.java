package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.event.SecretMask;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * Standard output: carries a command's result and nothing else, and of secrets that the mask knows
 * nothing at all.
 */
public final class ResultStream {
  private final PrintStream out;
  private final SecretMask mask;
  private boolean begun;

  public ResultStream(PrintStream out, SecretMask mask) {
    this.mask = mask;
    this.out = out;
  }

  /**
   * Prints the text and a line end.
   *
   * @return whether it arrived; false when the reader has gone or the disk is full, which {@link
   *     PrintStream} never says by itself
   */
  public boolean line(String text) {
    return print(mask.text(text));
  }

  /**
   * Prints an ID, a path or an address as it is: no configuration may change it.
   *
   * @return as of {@link #line}
   */
  public boolean value(String text) {
    return print(text);
  }

  private boolean print(String text) {
    begun = true;
    out.print(text + "\n");
    out.flush();
    return !out.checkError();
  }

  /** Whether anything was printed. */
  public boolean begun() {
    return begun;
  }

  /** Prints the document, indented; as {@link #line}. */
  public boolean json(JsonNode document) {
    return print(text(mask.json(document)));
  }

  /** The document as it is printed, without a line end. */
  private static String text(JsonNode document) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return JsonMapper.builder().build().writer(printer).writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
