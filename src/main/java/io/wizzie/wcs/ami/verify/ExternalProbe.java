package io.wizzie.wcs.ami.verify;

import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.verify.SmokeResult.Outside;

/** Looks at an instance's services from outside. */
public interface ExternalProbe {
  /**
   * What was seen.
   *
   * @param said such as {@code status 200}
   */
  record Visit(Outside outcome, String said) {}

  Visit visit(String host, SmokeCheck check);

  /** From this machine, never through a proxy. */
  static ExternalProbe real() {
    return new NetworkProbe();
  }
}
