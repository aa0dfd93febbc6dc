package io.wizzie.wcs.ami.localregion.action;

import java.util.Arrays;

/** A network of IPv4 addresses. */
record AddressBlock(int first, int prefix) {
  /**
   * @param cidr such as {@code 10.89.0.0/24}
   */
  static AddressBlock parse(String cidr) {
    String[] sides = cidr.split("/", 2);
    int first =
        Arrays.stream(sides[0].split("\\.", 4))
            .mapToInt(Integer::parseInt)
            .reduce(0, (address, part) -> address << 8 | part);
    return new AddressBlock(first, Integer.parseInt(sides[1]));
  }

  /** Its first quarter is number 0. */
  AddressBlock quarter(int number) {
    return new AddressBlock(first + number * (addresses() / 4), prefix + 2);
  }

  int addresses() {
    return 1 << (32 - prefix);
  }

  @Override
  public String toString() {
    return "%d.%d.%d.%d/%d"
        .formatted(first >>> 24, first >>> 16 & 255, first >>> 8 & 255, first & 255, prefix);
  }
}
