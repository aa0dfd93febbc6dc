package io.wizzie.wcs.ami.localregion.action;

/** The one account of the local region, and the one of its base image. */
final class Account {
  /** Twelve digits, as every account ID; nobody's. */
  static final String ID = "000000000000";

  static final String AMAZON = "amazon";

  /** The account that Amazon's own Linux images come from. */
  static final String AMAZON_ID = "137112412989";

  private Account() {}
}
