package io.wizzie.wcs.ami.ec2;

/** Refusals as the program sees them. */
final class Ec2Refusals {
  private Ec2Refusals() {}

  static Ec2CallException of(String action, String code) {
    return thrown(action, Faults.error(code));
  }

  static Ec2CallException thrown(String action, RuntimeException failure) {
    try {
      Ec2Calls.run(
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
