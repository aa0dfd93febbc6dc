package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;

/** Refusals as the program sees them. */
public final class Ec2Refusals {
  private Ec2Refusals() {}

  public static Ec2CallException of(String action, String code) {
    return thrown(action, Faults.error(code));
  }

  public static Ec2CallException thrown(String action, RuntimeException failure) {
    try {
      Object unused =
          Ec2Calls.call(
              action,
              "Trying",
              () -> {
                throw failure;
              });
    } catch (Ec2CallException refused) {
      return refused;
    }
    throw new IllegalStateException("Not refused");
  }
}
