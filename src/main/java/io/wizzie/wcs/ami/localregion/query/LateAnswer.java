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

  /**
   * @param rule of the scenario that wants it, such as {@code faults[0]}
   * @param xml a result; empty if the region refuses the call
   */
  public LateAnswer(Duration after, String rule, String xml, @Nullable Refusal refusal) {
    super("The answer comes late as " + rule + " of the scenario wants it", null, false, false);
    this.after = after;
    this.rule = rule;
    this.xml = xml;
    this.refusal = refusal;
  }

  /** How long the client waits for it. */
  public Duration after() {
    return after;
  }

  public String rule() {
    return rule;
  }

  /** The answer itself, which may be thrown as a refusal. */
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
