package io.wizzie.wcs.ami.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes known secrets out of text, in whatever form and however broken a program prints them.
 *
 * <p>Each form counts as a whole, and each run of {@value #PIECE} characters of it that can't be
 * ordinary words: so it makes no difference where lines, chunks or a terminal's width cut it. A
 * document keeps what is short or common even if it is somebody's password: there it is a package's
 * or an image's name.
 */
public final class SecretMask {
  /** What stands in a secret's place. */
  public static final String MASKED = "(secret)";

  /** What is shorter than this is no secret, and would be found in any text. */
  static final int SHORTEST = 6;

  static final int SHORTEST_IN_DOCUMENTS = 8;

  static final int PIECE = 12;

  private final Set<String> forms = new LinkedHashSet<>();
  private final Set<String> formsInDocuments = new LinkedHashSet<>();
  private final Set<String> pieces = new HashSet<>();
  private final Set<String> heads = new HashSet<>();
  private final Set<String> tails = new HashSet<>();

  /** Whether the text is neither so short nor so common that it stands in any document. */
  public static boolean isUnmistakable(String secret) {
    return secret.length() >= SHORTEST_IN_DOCUMENTS && !CommonText.is(secret);
  }

  /** Masks this secret from now on; one of fewer than {@value #SHORTEST} characters can't be. */
  public synchronized void add(String secret) {
    boolean common = CommonText.is(secret.strip());
    for (String form : SecretForms.of(secret)) {
      if (form.length() < SHORTEST || !forms.add(form) || common) {
        continue;
      }
      if (isUnmistakable(form)) {
        formsInDocuments.add(form);
      }
      for (int at = 0; at + PIECE <= form.length(); at++) {
        addUnlessWords(pieces, form.substring(at, at + PIECE));
      }
      for (int length = SHORTEST; length < Math.min(PIECE, form.length()); length++) {
        addUnlessWords(heads, form.substring(0, length));
        addUnlessWords(tails, form.substring(form.length() - length));
      }
    }
  }

  private static void addUnlessWords(Set<String> parts, String part) {
    if (!CommonText.isWords(part)) {
      parts.add(part);
    }
  }

  /**
   * The line with each secret in it replaced by {@value #MASKED}; also what begins at its end, or
   * ends at its beginning, where a program has broken it.
   */
  public synchronized String mask(String line) {
    BitSet hidden = new BitSet();
    for (int length = SHORTEST; length < Math.min(PIECE, line.length() + 1); length++) {
      int end = line.length() - length;
      if (tails.contains(line.substring(0, length))) {
        hidden.set(0, length);
      }
      if (heads.contains(line.substring(end))) {
        hidden.set(end, line.length());
      }
    }
    return without(forms, line, hidden);
  }

  private String without(Set<String> whole, String text, BitSet hidden) {
    for (String form : whole) {
      for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        hidden.set(at, at + form.length());
      }
    }
    if (!pieces.isEmpty()) {
      for (int at = 0; at + PIECE <= text.length(); at++) {
        if (pieces.contains(text.substring(at, at + PIECE))) {
          hidden.set(at, at + PIECE);
        }
      }
    }
    if (hidden.isEmpty()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    int at = 0;
    for (int from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(at)) {
      shown.append(text, at, from).append(MASKED);
      at = hidden.nextClearBit(from);
    }
    return shown.append(text, at, text.length()).toString();
  }

  /**
   * The same event with every text in it masked; the very same where nothing is.
   *
   * @param block whether a private key is being printed, line by line
   */
  BuildEvent mask(BuildEvent event, KeyBlock block) {
    if (event instanceof BuildEvent.GuestOutput output) {
      String line = block.hides(output.source(), output.line()) ? MASKED : mask(output.line());
      return new BuildEvent.GuestOutput(output.at(), output.source(), line);
    } else if (event instanceof BuildEvent.Progress progress) {
      return new BuildEvent.Progress(progress.at(), text(progress.message()));
    } else if (event instanceof BuildEvent.Warning warning) {
      return new BuildEvent.Warning(warning.at(), text(warning.message()));
    } else if (event instanceof BuildEvent.StageFailed failed) {
      return new BuildEvent.StageFailed(
          failed.at(), failed.name(), text(failed.message()), failed.elapsed());
    } else if (event instanceof BuildEvent.StageFinished finished) {
      return new BuildEvent.StageFinished(
          finished.at(), finished.name(), text(finished.result()), finished.elapsed());
    } else if (event instanceof BuildEvent.ResourceLeft left) {
      return new BuildEvent.ResourceLeft(
          left.at(), left.resource(), text(left.reason()), left.removal());
    }
    return event;
  }

  /** A text of several lines: known secrets, and private keys that nobody knew of. */
  public synchronized String text(String text) {
    return without(forms, withoutKeys(text), new BitSet());
  }

  private static String withoutKeys(String text) {
    if (!text.contains(KeyBlock.BEGIN)) {
      return text;
    }
    KeyBlock block = new KeyBlock();
    return Arrays.stream(text.split("\n", -1))
        .map(line -> block.hides("", line) ? MASKED : line)
        .collect(Collectors.joining("\n"));
  }

  /**
   * A copy of the document without secrets; IDs of EC2 stay whatever a secret looks like. To be
   * used before it is written: in its written form a mask might tear an escape apart.
   */
  public synchronized JsonNode json(JsonNode document) {
    if (document instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> copy.set(value(field.getKey()), json(field.getValue())));
      return copy;
    }
    if (document instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(json(item)));
      return copy;
    }
    return document.isTextual()
        ? JsonNodeFactory.instance.textNode(value(document.textValue()))
        : document;
  }

  private String value(String text) {
    return CommonText.RESOURCE_ID.matcher(text).matches()
        ? text
        : without(formsInDocuments, withoutKeys(text), new BitSet());
  }

  /**
   * A copy of what was thrown, causes and all, whose messages are masked; itself when they hold no
   * secret.
   */
  public @Nullable Throwable cause(@Nullable Throwable thrown) {
    if (thrown == null || !holdsSecret(thrown, 0)) {
      return thrown;
    }
    RuntimeException copy = new RuntimeException(text(thrown.toString()), cause(thrown.getCause()));
    copy.setStackTrace(thrown.getStackTrace());
    Arrays.stream(thrown.getSuppressed()).map(this::cause).forEach(copy::addSuppressed);
    return copy;
  }

  private boolean holdsSecret(Throwable thrown, int depth) {
    String text = thrown.toString();
    if (!text(text).equals(text)) {
      return true;
    }
    Throwable cause = thrown.getCause();
    // A cycle of causes is possible, if perverse.
    return depth < 20
        && ((cause != null && holdsSecret(cause, depth + 1))
            || Arrays.stream(thrown.getSuppressed()).anyMatch(one -> holdsSecret(one, depth + 1)));
  }
}
