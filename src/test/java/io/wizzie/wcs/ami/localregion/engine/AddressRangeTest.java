package io.wizzie.wcs.ami.localregion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
  @Test
  void leavesOutTheNetworkTheGatewayAndTheBroadcastAddress() {
    AddressRange range = AddressRange.parse("10.89.3.0/24");

    assertThat(range.size()).isEqualTo(253);
    assertThat(range.address(0)).isEqualTo("10.89.3.2");
    assertThat(range.address(252)).isEqualTo("10.89.3.254");
  }

  @Test
  void startsAtTheNetworkOfAnyAddressInIt() {
    assertThat(AddressRange.parse("192.168.200.77/28").address(0)).isEqualTo("192.168.200.66");
  }

  @Test
  void goesAcrossOctetsInALargeNetwork() {
    AddressRange range = AddressRange.parse("172.16.0.0/12");

    assertThat(range.size()).isEqualTo(1000);
    assertThat(range.address(256)).isEqualTo("172.16.1.2");
  }

  @Test
  void refusesANetworkWithoutRoomForGuests() {
    assertThatThrownBy(() -> AddressRange.parse("10.0.0.0/31"))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("10.0.0.0/31");
  }

  @Test
  void loopbackLeavesEveryonesAddressOut() {
    assertThat(AddressRange.LOOPBACK.address(0)).isEqualTo("127.0.0.2");
    assertThat(AddressRange.LOOPBACK.address(252)).isEqualTo("127.0.0.254");
  }
}
