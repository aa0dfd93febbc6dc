package io.wizzie.wcs.ami.localregion.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a request came to, which its client is to learn only after a while. */
public final class LateAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration after;
  private final String rule;
  private final String xml;
  private final @Nullable Refusal refusal;

  private LateAnswer(Duration after, String rule, String xml, @Nullable Refusal refusal) {
    super("The answer comes late as " + rule + " of the scenario wants it", null, false, false);
    this.after = after;
    this.rule = rule;
    this.xml = xml;
    this.refusal = refusal;
  }

  /**
   * A result.
   *
   * @param rule of the scenario that wants it, such as {@code faults[0]}
   */
  public static LateAnswer of(String xml, Duration after, String rule) {
    return new LateAnswer(after, rule, xml, null);
  }

  /** As above, of a call that the region refuses. */
  public static LateAnswer of(Refusal refusal, Duration after, String rule) {
    return new LateAnswer(after, rule, "", refusal.staged(rule));
  }

  /** How long the client waits for it. */
  public Duration after() {
    return after;
  }

  public String rule() {
    return rule;
  }

  /**
   * The answer itself.
   *
   * @throws Refusal if that is what it is
   */
  public String xml() {
    if (refusal != null) {
      throw refusal;
    }
    return xml;
  }

  /** Null if it is a result. */
  public @Nullable Refusal refusal() {
    return refusal;
  }
}
