package io.wizzie.wcs.ami.config;

import java.time.Duration;
import java.util.List;

/**
 * How an image is tried out before it is handed out.
 *
 * @param instanceTypes in order of preference
 * @param timeout for the first boot of an instance, from the login on
 * @param checksTimeout for all checks together to pass, once the first boot is over
 */
public record VerifySpec(
    List<String> instanceTypes, Duration timeout, Duration checksTimeout, List<SmokeCheck> checks) {
  public VerifySpec {
    instanceTypes = List.copyOf(instanceTypes);
    checks = List.copyOf(checks);
  }
}
