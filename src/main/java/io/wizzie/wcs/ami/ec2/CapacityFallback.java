package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tries the instance types in the order they were declared, each in every subnet that serves, until
 * EC2 has capacity. Only answers that another type or zone can change lead on to the next.
 *
 * @param say gets a line for each combination that EC2 could not serve
 */
public record CapacityFallback(Consumer<String> say) {
  // Another zone may have what this one lacks. "Unsupported" is how a zone says that it does not
  // offer the type at all.
  private static final Set<String> ZONE_LACKS_IT =
      Set.of(
          "InsufficientInstanceCapacity",
          "InsufficientCapacity",
          "InsufficientHostCapacity",
          "Unsupported",
          "InsufficientFreeAddressesInSubnet");

  // The account's quota is the same in all zones, but counts per family of types.
  private static final Set<String> QUOTA_REACHED =
      Set.of("VcpuLimitExceeded", "InstanceLimitExceeded");

  /** One try; {@code number} counts from 1, and tells one try's client token from the next. */
  @FunctionalInterface
  public interface Attempt {
    String launch(String instanceType, BuilderSubnet subnet, int number);
  }

  /**
   * Launches.
   *
   * @return the instance's ID
   * @throws Ec2CallException the last refusal, when no combination was left
   */
  public String launch(List<String> types, List<BuilderSubnet> subnets, Attempt attempt) {
    int number = 0;
    Ec2CallException last = null;
    for (String type : types) {
      for (BuilderSubnet subnet : subnets) {
        number++;
        try {
          return attempt.launch(type, subnet, number);
        } catch (Ec2CallException refused) {
          boolean quota = refused.isOneOf(QUOTA_REACHED);
          if (!quota && !refused.isOneOf(ZONE_LACKS_IT)) {
            throw refused;
          }
          say.accept("No " + type + " in " + subnet.availabilityZone() + ": " + refused.code());
          last = refused;
          if (quota) {
            break;
          }
        }
      }
    }
    if (last == null) {
      throw new IllegalArgumentException("No instance type or no subnet to try");
    }
    throw last;
  }
}
