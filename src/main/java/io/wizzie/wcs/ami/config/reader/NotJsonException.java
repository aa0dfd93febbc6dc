package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;

/** A text is not JSON; the message says what to write instead, without the parser's words. */
final class NotJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Sentences for what the parser says: replacements, with groups and escapes of regex. */
  private static final List<Map.Entry<String, String>> SENTENCES =
      List.of(
          Map.entry("Unexpected character \\('#'.*", "# begins no comment here; write // instead."),
          Map.entry(
              "Unexpected character .*expecting a colon.*",
              "there is no colon after a name; write \"name\": value."),
          Map.entry(
              "Unexpected character .*double-quote to start field name.*",
              "a name has no double quotes; write \"name\": value."),
          Map.entry(
              "Unexpected character .*in numeric value.*|Invalid numeric value.*",
              "a number has a form that JSON doesn't have; write only digits, such as 30."),
          Map.entry(
              "Unexpected character \\('(.)'.*",
              "$1 begins no value; write text in double quotes, such as \"text\"."),
          Map.entry(
              "Illegal unquoted character .*code 10.*",
              "a text goes on past the end of this line; close it with a double quote, or write \\\\n"
                  + " for a line break in it."),
          Map.entry(
              "Illegal .*character.*",
              "there is a control character; remove it, or write it as an escape, such as \\\\t."),
          Map.entry(
              "Unexpected end-of-input.*\\(start marker at .*?line: ([0-9]+).*",
              "the file ends before the object or list that begins in line $1 is closed; write its"
                  + " closing bracket."),
          Map.entry(
              "Unexpected end-of-input.*(?:string value|field name).*",
              "the file ends inside a text; close it with a double quote."),
          Map.entry(
              "Unexpected end-of-input.*",
              "the file ends too early; write what is missing at its end."),
          Map.entry(
              "Unexpected close marker '(.)': expected '(.)'.*line: ([0-9]+).*",
              "$1 can't close what begins in line $3; write $2."),
          Map.entry(
              "Unexpected close marker '(.)'.*", "$1 closes nothing that is open; remove it."),
          Map.entry(
              "Unrecognized token '(.*)': .*",
              "$1 stands for nothing; write text in double quotes, such as \"$1\"."),
          Map.entry(
              "Unrecognized character escape '?(.)'?.*",
              "\\\\$1 is no escape; write \\\\\\\\ for a backslash in a text."),
          Map.entry(
              ".*nesting depth.*", "objects and lists are nested too deep; nest at most 1000."),
          Map.entry(
              "(?i).*number value length.*|.*BigDecimal.*|.*BigInteger.*",
              "a number is longer than any number here; write a shorter one."),
          Map.entry(
              "there is no value|more text after the end of the value",
              "$0; write exactly one object."));

  private final int line;
  private final int column;

  private NotJsonException(String message, int line, int column, Throwable cause) {
    super(message, cause);
    this.line = line;
    this.column = column;
  }

  /**
   * Explains what the parser found.
   *
   * @param end of the last token that was good
   */
  static NotJsonException of(JsonProcessingException found, JsonLocation end) {
    String parsers = found.getOriginalMessage();
    JsonLocation at = found.getLocation();
    if (parsers.contains("expecting comma") && !parsers.startsWith("Unexpected character ('#'")) {
      // The parser's place is where the next value begins, lines below perhaps.
      return new NotJsonException(
          "there is no comma after the value that ends here; write one.",
          end.getLineNr(),
          end.getColumnNr(),
          found);
    }
    String message =
        SENTENCES.stream()
            .filter(sentence -> parsers.matches("(?s)" + sentence.getKey()))
            .findFirst()
            .map(sentence -> parsers.replaceFirst("(?s)" + sentence.getKey(), sentence.getValue()))
            .orElse("something is out of place; look for a missing quote, comma or bracket.");
    return new NotJsonException(
        message, at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr(), found);
  }

  /** Where it stands. */
  Origin in(Origin source) {
    return line == 0 ? source : source.at(line, column);
  }

  @Override
  public String getMessage() {
    return "not JSON: " + super.getMessage();
  }
}
