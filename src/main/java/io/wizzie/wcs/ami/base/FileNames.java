package io.wizzie.wcs.ami.base;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * File names as UTF-8 text, whatever the locale.
 *
 * <p>A name is bytes to the file system. Java turns it into text and back by the locale, and under
 * {@code LC_ALL=C} loses all that is not ASCII; a path keeps the bytes, and its URI shows them.
 */
public final class FileNames {
  private FileNames() {}

  /** The last name of the path; empty when it is not UTF-8. */
  public static Optional<String> last(Path path) {
    Path name = path.getFileName();
    if (name == null || Utf8.isAscii(name.toString())) {
      return Optional.of(String.valueOf(name == null ? "" : name));
    }
    try {
      String whole = Utf8.decode(bytes(path));
      return Optional.of(whole.substring(whole.lastIndexOf('/') + 1));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The path to show; what is not UTF-8 in it is replaced. */
  public static String shown(Path path) {
    String text = path.toString();
    return Utf8.isAscii(text) ? text : new String(bytes(path), StandardCharsets.UTF_8);
  }

  /**
   * The path that the text names in UTF-8; a relative one starts at {@code folder}.
   *
   * @throws java.nio.file.InvalidPathException when no file can have that name
   */
  public static Path resolve(Path folder, String text) {
    if (Utf8.isAscii(text) || text.indexOf('\0') >= 0) {
      return folder.resolve(text);
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(b == '/' ? "/" : String.format("%%%02X", b & 0xff));
    }
    String base = text.startsWith("/") ? "/" : slashed(folder.toUri().getRawPath());
    return Path.of(URI.create("file://" + base + encoded.toString().replaceFirst("^/", "")));
  }

  private static String slashed(String path) {
    return path.endsWith("/") ? path : path + "/";
  }

  private static byte[] bytes(Path path) {
    String raw = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    byte[] all = bytes.toByteArray();
    // The URI of a folder ends in a slash.
    return all.length > 1 && all[all.length - 1] == '/' ? Arrays.copyOf(all, all.length - 1) : all;
  }
}
