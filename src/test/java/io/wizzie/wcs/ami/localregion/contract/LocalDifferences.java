package io.wizzie.wcs.ami.localregion.contract;

import io.wizzie.wcs.ami.localregion.contract.Differences.Difference;
import java.util.Map;

/** What the local region doesn't have. */
final class LocalDifferences {
  private static final String NO_DEVICES =
      "Guests have no block devices; nothing that builds an image attaches a volume. EC2 does.";

  static final Map<String, Difference> TABLE =
      Map.of(
          "AttachVolume: a volume to a running instance",
          new Difference("UnsupportedOperation", NO_DEVICES),
          "DetachVolume: an instance's volume",
          new Difference("UnsupportedOperation", NO_DEVICES),
          "GetPasswordData: none for a Linux instance",
          new Difference(
              "UnsupportedOperation",
              "No guest has a password that was made at boot. EC2 answers an empty one."));

  private LocalDifferences() {}
}
