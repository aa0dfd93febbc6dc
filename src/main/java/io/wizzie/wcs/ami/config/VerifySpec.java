package io.wizzie.wcs.ami.config;

import java.time.Duration;
import java.util.List;

/** The trial of an image before it is handed out. */
public record VerifySpec(
    @Field(
            value = "Instance types in order of preference, fit for what the image is for.",
            byDefault = {"t3.xlarge", "m5.xlarge"},
            form = TextForm.INSTANCE_TYPE)
        List<String> instanceTypes,
    @Field(
            value = "How long the first boot may take, `bootstrap.timeout` included.",
            byDefault = "40m",
            between = {"1m", "1d"})
        Duration timeout,
    @Field(
            value = "How long the checks may take to pass after it.",
            byDefault = "5m",
            between = {"1s", "1h"})
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
