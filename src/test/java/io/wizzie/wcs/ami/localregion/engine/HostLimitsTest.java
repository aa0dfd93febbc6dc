package io.wizzie.wcs.ami.localregion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostLimitsTest {
  @Test
  void staysWithinTheHardLimits() {
    assertThat(
            HostLimits.flags(
                """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             1000                 2000                 processes
                Max open files            1024                 20000                files
                Max locked memory         8388608              8388608              bytes
                """))
        .containsExactly("--ulimit", "nproc=2000:2000", "--ulimit", "nofile=20000:20000");
  }

  @Test
  void asksForNoMoreThanASystemNeeds() {
    assertThat(
            HostLimits.flags(
                """
                Max processes             unlimited            unlimited            processes
                Max open files            1024                 1073741816           files
                """))
        .containsExactly("--ulimit", "nproc=32768:32768", "--ulimit", "nofile=524288:524288");
  }

  @Test
  void readsThoseOfThisProcess() {
    assertThat(HostLimits.flags(HostLimits.read())).hasSize(4);
  }
}
