package io.wizzie.wcs.ami.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes known secrets out of text, in whatever form and however broken a program prints them.
 *
 * <p>Of a longer form every run of {@value #GRAM} characters counts, so that it makes no difference
 * where lines, chunks or a terminal's width cut it; a shorter form counts as a whole. At a line's
 * ends, where the rest may be on another line, a part of {@value #SHORTEST} characters counts.
 */
public final class SecretMask {
  /** What stands in a secret's place. */
  public static final String MASKED = "(secret)";

  /** What is shorter than this is no secret, and would be found in any text. */
  static final int SHORTEST = 6;

  static final int GRAM = 12;

  private static final long BASE = 1_000_003;
  private static final int SIEVE_BITS = 18;

  private final Set<String> forms = new HashSet<>();
  private final List<String> shorter = new ArrayList<>();
  private final List<String> edges = new ArrayList<>();
  private final Set<Long> grams = new HashSet<>();
  private final BitSet sieve = new BitSet(1 << SIEVE_BITS);
  private final long drop = power();

  /** Masks this secret from now on; one of fewer than {@value #SHORTEST} characters can't be. */
  public synchronized void add(String secret) {
    for (String form : SecretForms.of(secret)) {
      if (form.length() >= SHORTEST && forms.add(form)) {
        addForm(form);
      }
    }
  }

  /** The text with each secret in it replaced by {@value #MASKED}. */
  public synchronized String mask(String text) {
    if (forms.isEmpty() || text.length() < SHORTEST) {
      return text;
    }
    BitSet hidden = new BitSet();
    hideGrams(text, hidden);
    hideShorter(text, hidden);
    hideEdges(text, hidden);
    return hidden.isEmpty() ? text : without(hidden, text);
  }

  private void addForm(String form) {
    edges.add(form);
    if (form.length() < GRAM) {
      shorter.add(form);
      return;
    }
    forEachHash(
        form,
        (start, hash) -> {
          grams.add(hash);
          sieve.set(sieved(hash));
        });
  }

  private void hideGrams(String text, BitSet hidden) {
    forEachHash(
        text,
        (start, hash) -> {
          if (sieve.get(sieved(hash)) && grams.contains(hash)) {
            hidden.set(start, start + GRAM);
          }
        });
  }

  private void hideShorter(String text, BitSet hidden) {
    for (String form : shorter) {
      for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        hidden.set(at, at + form.length());
      }
    }
  }

  private void hideEdges(String text, BitSet hidden) {
    for (int start = 0; start <= text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      for (String form : edges) {
        hideEdges(text, start, end, form, hidden);
      }
      start = end + 1;
    }
  }

  private static void hideEdges(String text, int start, int end, String form, BitSet hidden) {
    int most = Math.min(Math.min(GRAM, form.length()) - 1, end - start);
    for (int length = most; length >= SHORTEST; length--) {
      if (text.startsWith(form.substring(form.length() - length), start)) {
        hidden.set(start, start + length);
      }
      if (text.startsWith(form.substring(0, length), end - length)) {
        hidden.set(end - length, end);
      }
    }
  }

  private static String without(BitSet hidden, String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int at = 0;
    for (int from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(at)) {
      shown.append(text, at, from).append(MASKED);
      at = hidden.nextClearBit(from);
    }
    return shown.append(text, at, text.length()).toString();
  }

  /** Gets the place of each run of {@value #GRAM} characters and its hash. */
  private interface HashUser {
    void use(int start, long hash);
  }

  private void forEachHash(String text, HashUser user) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * BASE + text.charAt(i);
      if (i >= GRAM) {
        hash -= drop * text.charAt(i - GRAM);
      }
      if (i >= GRAM - 1) {
        user.use(i - GRAM + 1, hash);
      }
    }
  }

  private static int sieved(long hash) {
    return (int) ((hash * 0x9E3779B97F4A7C15L) >>> (64 - SIEVE_BITS));
  }

  private static long power() {
    long power = 1;
    for (int i = 0; i < GRAM; i++) {
      power *= BASE;
    }
    return power;
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
  public String text(String text) {
    if (!text.contains(KeyBlock.BEGIN)) {
      return mask(text);
    }
    KeyBlock block = new KeyBlock();
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      lines.add(block.hides("", line) ? MASKED : line);
    }
    return mask(String.join("\n", lines));
  }

  /**
   * A copy of the document in which every text is masked. To be used before it is written: in its
   * written form a mask might tear an escape apart.
   */
  public JsonNode json(JsonNode document) {
    if (document instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> copy.set(text(field.getKey()), json(field.getValue())));
      return copy;
    }
    if (document instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(json(item)));
      return copy;
    }
    return document.isTextual()
        ? JsonNodeFactory.instance.textNode(text(document.textValue()))
        : document;
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
