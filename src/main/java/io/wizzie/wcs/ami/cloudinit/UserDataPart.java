package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Utf8;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One part of multi-part user data, ready to be written between two boundaries.
 *
 * @param text its headers, an empty line and its body
 */
record UserDataPart(String text) {
  private static final Pattern MIME_HEADER =
      Pattern.compile("(?i)\\A(?:content-type|mime-version):");

  /**
   * Content types by first line, longest first where one begins another: cloud-init's own table
   * (cloudinit/handlers/__init__.py, INCLUSION_TYPES_MAP).
   */
  private static final Map<String, String> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("#!", "text/x-shellscript");
    TYPES.put("#cloud-config-archive", "text/cloud-config-archive");
    TYPES.put("#cloud-config-jsonp", "text/cloud-config-jsonp");
    TYPES.put("#cloud-config", "text/cloud-config");
    TYPES.put("#cloud-boothook", "text/cloud-boothook");
    TYPES.put("#include-once", "text/x-include-once-url");
    TYPES.put("#include", "text/x-include-url");
    TYPES.put("#part-handler", "text/part-handler");
    TYPES.put("## template: jinja", "text/jinja2");
  }

  /** A part of our own. */
  static UserDataPart of(String type, String fileName, String body) {
    // cloud-init reads user data as text, in which a body of other than ASCII needs an encoding.
    boolean ascii = Utf8.isAscii(body);
    String encoded =
        ascii
            ? body
            : Base64.getMimeEncoder(76, new byte[] {'\n'})
                .encodeToString(body.getBytes(StandardCharsets.UTF_8));
    return new UserDataPart(
        """
        Content-Type: %s; charset="utf-8"
        MIME-Version: 1.0
        Content-Transfer-Encoding: %s
        Content-Disposition: attachment; filename="%s"

        %s\
        """
            .formatted(type, ascii ? "7bit" : "base64", fileName, encoded));
  }

  /**
   * The user's own user data: anything that cloud-init takes, multi-part and gzip too.
   *
   * @throws BuildException category CONFIGURATION when it can't be read or cloud-init would ignore
   *     it, be it for an error in its YAML
   */
  static UserDataPart ofFile(Path file) {
    String text = read(file);
    if (MIME_HEADER.matcher(text).find()) {
      // A multi-part message is a part as it stands: cloud-init walks nested ones.
      require(file, UserDataSyntax.problemOfMessage(text));
      return new UserDataPart(text);
    }
    require(file, UserDataSyntax.problem(text));
    String name = file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
    return TYPES.entrySet().stream()
        .filter(type -> text.startsWith(type.getKey()))
        .findFirst()
        .map(type -> of(type.getValue(), "50-" + name, text))
        .orElseThrow(
            () ->
                configuration(
                    file
                        + " starts with nothing that cloud-init knows; its first line must be"
                        + " #cloud-config or a script's #!",
                    null));
  }

  private static void require(Path file, @Nullable String problem) {
    if (problem != null) {
      throw configuration(file + ", " + problem, null);
    }
  }

  private static String read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
          bytes = gzip.readAllBytes();
        }
      }
      return Utf8.decode(bytes);
    } catch (CharacterCodingException e) {
      throw configuration(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw configuration(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static BuildException configuration(String message, @Nullable Throwable cause) {
    return Category.CONFIGURATION.failure("builder.userDataFile: " + message + ".", cause);
  }
}
