package io.wizzie.wcs.ami.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words what Java says with the names of its classes. */
public final class FailureText {
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}([A-Z][\\w$]*(?:Exception|Error))(?:: ?)?");

  private FailureText() {}

  /** The message without Java class names. */
  public static String plain(String message) {
    Matcher found = CLASS_NAME.matcher(message);
    StringBuilder plain = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(plain, Matcher.quoteReplacement(words(found.group(1))));
    }
    return found.appendTail(plain).toString();
  }

  /** What failed, for a failure that brings no words of its own. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? words(failure.getClass().getSimpleName()).replaceFirst(": $", "")
        : plain(failure.toString()).strip();
  }

  /** The JDK's exceptions of files have the path alone for a message. */
  private static String words(String simpleName) {
    return switch (simpleName) {
      case "AccessDeniedException" -> "permission denied: ";
      case "NoSuchFileException", "FileNotFoundException" -> "no such file or folder: ";
      case "FileAlreadyExistsException" -> "it exists already: ";
      case "NotDirectoryException" -> "not a folder: ";
      case "DirectoryNotEmptyException" -> "the folder is not empty: ";
      case "UnknownHostException" -> "the host name is not known: ";
      case "OutOfMemoryError" -> "out of memory: ";
      case "StackOverflowError" -> "nested too deeply: ";
      case "NullPointerException" -> "a value is missing: ";
      default -> "";
    };
  }
}
