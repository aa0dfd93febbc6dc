package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** IPv4 addresses that guests may have, from the first one, as a number. */
record AddressRange(int first, int size) {
  /** 127.0.0.2 to 127.0.0.254: 127.0.0.1 is everyone's. */
  static final AddressRange LOOPBACK = new AddressRange(0x7F000002, 253);

  /** The network address, the gateway and the broadcast address are no guest's. */
  private static final int RESERVED_BELOW = 2;

  private static final int RESERVED = 3;

  /** Enough for a machine; a large subnet is not walked through. */
  private static final int MOST = 1000;

  /** The guests' part of a subnet in CIDR notation. */
  static AddressRange parse(String cidr) {
    int slash = cidr.indexOf('/');
    int prefix = slash < 0 ? 32 : Integer.parseInt(cidr.substring(slash + 1));
    long all = 1L << (32 - prefix);
    if (all <= RESERVED) {
      throw Category.CONFIGURATION.failure(
          "The subnet %s of the local region's guests is too small: give one of at least /29."
              .formatted(cidr));
    }
    int network = number(cidr.substring(0, slash)) & (int) -all;
    return new AddressRange(network + RESERVED_BELOW, (int) Math.min(MOST, all - RESERVED));
  }

  /** Whether a part in CIDR notation lies in a network in CIDR notation. */
  static boolean contains(String network, String part) {
    String[] outer = network.split("/", 2);
    String[] inner = part.split("/", 2);
    int prefix = Integer.parseInt(outer[1]);
    int mask = (int) (-1L << (32 - prefix));
    return Integer.parseInt(inner[1]) >= prefix
        && (number(outer[0]) & mask) == (number(inner[0]) & mask);
  }

  /** The address at an index from 0 to {@code size - 1}. */
  String address(int index) {
    return inetAddress(first + index).getHostAddress();
  }

  private static int number(String address) {
    try {
      // An address in numbers is not looked up.
      return ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt();
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException(address, impossible);
    }
  }

  private static InetAddress inetAddress(int number) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(number).array());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
