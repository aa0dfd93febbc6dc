package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.spec.BuilderSpec;
import java.security.KeyPair;

/** The user data that the builder is launched with. */
public final class BuilderUserData {
  private BuilderUserData() {}

  /**
   * User data that hands over the SSH host key, arms the self-termination at every boot, keeps apt
   * timers quiet, and carries the user's own part, if any.
   *
   * @return at most 16 KiB before base64, gzip-compressed or not; EC2 takes it base64-encoded
   */
  public static byte[] render(BuilderSpec builder, KeyPair hostKey) {
    throw new UnsupportedOperationException();
  }
}
