package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into {@link Value}s that know their lines. Java's comments and a comma after the last
 * element are allowed; a name that occurs twice in one object is a problem, because JSON would
 * silently drop the first.
 */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final JsonParser parser;
  private final Origin source;
  private final Problems problems;
  private JsonLocation end = JsonLocation.NA;

  private JsonText(JsonParser parser, Origin source, Problems problems) {
    this.parser = parser;
    this.source = source;
    this.problems = problems;
  }

  /**
   * Reads text that is one JSON value.
   *
   * @param source where the text is from; with a line, the values get lines of their own
   * @param path of the value, for problems inside of it
   * @throws NotJsonException with the location, when it isn't JSON
   */
  static Value read(String text, Origin source, String path, Problems problems)
      throws NotJsonException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonText reader = new JsonText(parser, source, problems);
      try {
        return reader.whole(path);
      } catch (JsonProcessingException e) {
        throw NotJsonException.of(e, reader.end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Text in memory could not be read", e);
    }
  }

  private Value whole(String path) throws IOException {
    next();
    Value value = value(here(), path);
    if (next() != null) {
      throw new JsonParseException(
          parser, "more text after the end of the value", parser.currentTokenLocation());
    }
    return value;
  }

  private @Nullable JsonToken next() throws IOException {
    end = parser.currentLocation();
    return parser.nextToken();
  }

  private Value value(Origin origin, String path) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonParseException(parser, "there is no value", parser.currentLocation());
    }
    return switch (token) {
      case START_OBJECT -> object(origin, path);
      case START_ARRAY -> list(origin, path);
      case VALUE_NULL -> new Value.Unset(origin);
      default -> new Value.Scalar(origin, scalar(token));
    };
  }

  private Value object(Origin origin, String path) throws IOException {
    Map<String, Value> members = new LinkedHashMap<>();
    while (next() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      Origin at = here();
      next();
      String memberPath = FieldPath.child(path, name);
      Value value = value(at, memberPath);
      Value earlier = members.put(name, value);
      if (earlier != null) {
        problems.add(
            at,
            memberPath,
            "given twice"
                + (earlier.origin().line() == 0 ? "" : ", first in line " + earlier.origin().line())
                + "; remove one of the two.");
      }
    }
    return new Value.Fields(origin, members);
  }

  private Value list(Origin origin, String path) throws IOException {
    List<Value> values = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      values.add(value(here(), FieldPath.element(path, values.size())));
    }
    return new Value.Elements(origin, values);
  }

  private JsonNode scalar(JsonToken token) throws IOException {
    try {
      return node(token);
    } catch (NumberFormatException e) {
      // Such as an exponent of more digits than Java's numbers have.
      throw new JsonParseException(parser, "number value length", parser.currentTokenLocation(), e);
    }
  }

  private JsonNode node(JsonToken token) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (token) {
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      default -> throw new IllegalStateException("No scalar: " + token);
    };
  }

  private Origin here() {
    // An option's value is one line that the user has before them: only a file needs the number.
    if (source.line() == 0) {
      return source;
    }
    JsonLocation location = parser.currentTokenLocation();
    return source.at(location.getLineNr(), 0);
  }
}
