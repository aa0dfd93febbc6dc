package io.wizzie.wcs.ami.verify;

/**
 * What came of one smoke check.
 *
 * @param check as people read it
 * @param insideSaid what was seen in the guest, such as a status
 * @param outsideSaid likewise from here; empty when it was not asked
 */
public record SmokeResult(
    String check, boolean inside, String insideSaid, Outside outside, String outsideSaid) {
  /** What was seen from outside. */
  public enum Outside {
    PASSED,
    FAILED,
    /** Nothing answers; a firewall on the way may be the cause. */
    NOT_REACHABLE,
    /** A check that is only possible in the guest. */
    NOT_ASKED
  }

  public boolean passed() {
    return inside && outside != Outside.FAILED;
  }

  /** What is wrong, in one line. */
  String fault() {
    return check + ": " + (inside ? "from outside " + outsideSaid : insideSaid);
  }
}
