package io.wizzie.wcs.ami.config;

import java.time.Duration;
import java.util.List;

/** The trial of an image before it is handed out. */
public record VerifySpec(
    @Field(
            value = "Instance types in order of preference, fit for what the image is for.",
            form = TextForm.INSTANCE_TYPE)
        @Field.Default({"t3.xlarge", "m5.xlarge"})
        List<String> instanceTypes,
    @Field("How long the first boot may take, `bootstrap.timeout` included.")
        @Field.Default("40m")
        @Field.Between({"1m", "1d"})
        Duration timeout,
    @Field("How long the checks may take to pass after it.")
        @Field.Default("5m")
        @Field.Between({"1s", "1h"})
        Duration checksTimeout,
    @Field(
            "What must work after the first boot: each one of `tcp`, `http`, `unit`, `command`. The"
                + " first two are tried from outside as well.")
        List<SmokeCheck> checks) {
  public VerifySpec {
    instanceTypes = List.copyOf(instanceTypes);
    checks = List.copyOf(checks);
  }
}
