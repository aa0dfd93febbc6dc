package io.wizzie.wcs.ami.localregion.query;

import java.time.Duration;

/** What happens instead of an answer: the connection is closed, at once or after a silence. */
public final class BrokenConnection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration silence;
  private final String rule;

  /**
   * @param silence zero for none
   * @param rule of the scenario that wants it, such as {@code faults[0]}
   */
  public BrokenConnection(Duration silence, String rule) {
    super("The connection breaks as " + rule + " of the scenario wants it", null, false, false);
    this.silence = silence;
    this.rule = rule;
  }

  public Duration silence() {
    return silence;
  }

  public String rule() {
    return rule;
  }
}
