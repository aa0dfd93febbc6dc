package io.wizzie.wcs.ami.localregion.engine;

/** Labels of containers and images. They can't be changed, so they carry identity, not state. */
final class Labels {
  private static final String PREFIX = "io.wizzie.wcs-ami.";

  /** The region that a container or image belongs to. */
  static final String REGION = PREFIX + "region";

  /** The EC2 ID of a guest. */
  static final String INSTANCE = PREFIX + "instance";

  /** Where a guest is reached, running or not. */
  static final String ADDRESS = PREFIX + "address";

  /** The reference of an image that a guest became. */
  static final String IMAGE = PREFIX + "image";

  /** On the container that an export is made of, which is no guest: its region. */
  static final String EXPORT = PREFIX + "export";

  /** On a base image: distribution and version, such as {@code debian-12}. */
  static final String DISTRIBUTION = PREFIX + "distribution";

  private Labels() {}
}
