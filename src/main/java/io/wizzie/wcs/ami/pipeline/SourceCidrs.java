package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.SshSpec.Address;
import io.wizzie.wcs.ami.ec2.OperatorAddress;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom the temporary group admits. */
record SourceCidrs(BuildSpec spec, OperatorAddress operatorAddress) {
  /** The configured ranges, else the operator's address as the builder will see it. */
  List<String> choose(BuilderSubnet subnet) {
    if (!spec.builder().sourceCidrs().isEmpty()) {
      return spec.builder().sourceCidrs();
    }
    InetAddress own =
        connectsPrivately(subnet)
            ? operatorAddress.towards(networkAddress(subnet))
            : operatorAddress.onTheInternet();
    return List.of(own.getHostAddress() + (own instanceof Inet6Address ? "/128" : "/32"));
  }

  private boolean connectsPrivately(BuilderSubnet subnet) {
    Address address = spec.ssh().address();
    Boolean wished = spec.builder().associatePublicIpAddress();
    boolean hasPublic = wished == null ? subnet.givesPublicAddress() : wished;
    return address == Address.PRIVATE_IP
        || address == Address.PRIVATE_DNS
        || (address == Address.AUTO && !hasPublic);
  }

  // Any address of the subnet shows by which of this machine's addresses it is reached.
  private static InetAddress networkAddress(BuilderSubnet subnet) {
    String network = subnet.cidrBlock().replaceFirst("/.*", "");
    try {
      if (!network.isEmpty()) {
        return InetAddress.getByName(network);
      }
    } catch (UnknownHostException notAnAddress) {
      throw unknown(subnet, notAnAddress);
    }
    throw unknown(subnet, null);
  }

  private static BuildException unknown(BuilderSubnet subnet, @Nullable Exception cause) {
    return Category.CONFIGURATION.failure(
        "Subnet "
            + subnet.subnetId()
            + " has no IPv4 range by which this machine's own address could be found out: set"
            + " builder.sourceCidrs.",
        cause);
  }
}
