package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import java.net.InetAddress;

/**
 * The address that this machine's connections come from, which the temporary security group admits.
 *
 * <p>Every method throws a {@link BuildException} of category CONFIGURATION, which says to set
 * {@code builder.sourceCidrs}, when the address can't be found out.
 */
public interface OperatorAddress {
  /** As a builder's public address sees it. */
  InetAddress onTheInternet();

  /** As a host that is reached without address translation sees it: in the VPC or over a VPN. */
  InetAddress towards(InetAddress target);
}
