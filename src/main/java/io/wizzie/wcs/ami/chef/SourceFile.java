package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the files of a Chef repository as Chef does, and says in plain words why it can't. */
final class SourceFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern RUBY_ENCODING =
      Pattern.compile("\\A(?:#!.*\\n)?\\s*#.*coding[:=]\\s*[-\\w.]+");
  private static final Pattern NOT_ASCII = Pattern.compile("(?m)^[^#\\n]*[^\\x00-\\x7f]");

  /** Chef's parser, yajl, takes comments, and of two equal keys the last. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SourceFile() {}

  /** Reads text that has to be UTF-8. */
  static String text(Path file) throws UnreadableFileException {
    try {
      return Utf8.decode(bytes(file));
    } catch (CharacterCodingException e) {
      throw notUtf8();
    }
  }

  static JsonNode json(Path file) throws UnreadableFileException {
    String text = text(file);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw new UnreadableFileException(
          1, "begins with a byte order mark, which Chef takes for no JSON; save it without one");
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new UnreadableFileException(
          line,
          "is not JSON"
              + (line == 0 ? "" : "; look at column " + e.getLocation().getColumnNr())
              + "; correct it there or just before");
    }
  }

  /** Reads a Ruby program, whose comments Ruby takes in any encoding. */
  static String ruby(Path file) throws UnreadableFileException {
    byte[] bytes = bytes(file);
    try {
      String text = Utf8.decode(bytes);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (NOT_ASCII.matcher(text).find() && !RUBY_ENCODING.matcher(text).find()) {
        throw notUtf8();
      }
      return text;
    }
  }

  /** Why a file or folder can't be read, as the end of a sentence. */
  static String reason(Exception failure) {
    Throwable cause = failure.getCause() instanceof IOException io ? io : failure;
    return cause instanceof AccessDeniedException
        ? "can't be read by the user who runs this program; correct its permissions"
        : cause instanceof NoSuchFileException ? "does not exist" : "can't be read: " + cause;
  }

  private static byte[] bytes(Path file) throws UnreadableFileException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnreadableFileException(0, reason(e));
    }
  }

  private static UnreadableFileException notUtf8() {
    return new UnreadableFileException(0, "is not UTF-8 text; save it in that encoding");
  }
}
