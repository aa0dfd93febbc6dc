package io.wizzie.wcs.ami.ec2;

import org.jspecify.annotations.Nullable;

/**
 * An instance that runs, and how it can be reached.
 *
 * @param publicIp null when it has none; so with the names
 */
public record RunningInstance(
    String instanceId,
    String instanceType,
    String availabilityZone,
    @Nullable String publicIp,
    @Nullable String privateIp,
    @Nullable String publicDns,
    @Nullable String privateDns) {}
