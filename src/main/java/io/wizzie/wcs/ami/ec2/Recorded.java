package io.wizzie.wcs.ami.ec2;

import java.util.function.Supplier;

/**
 * What a verb that may have to create more than once lets its caller do around each creating call:
 * record the intent before it, and the result after it.
 */
@FunctionalInterface
public interface Recorded<T> {
  /**
   * Makes the call.
   *
   * @param name the unique name or client token that finds the thing again if no answer comes
   */
  T creating(String name, Supplier<T> call);
}
