package io.wizzie.wcs.ami.config;

import org.jspecify.annotations.Nullable;

/**
 * Everything a build is told, with defaults filled in and the region's overrides applied. All paths
 * are absolute.
 *
 * @param region the one whose overrides are applied: that of an option or the environment, else the
 *     one named in a file or by {@code --set}; null when none was named
 * @param version the version of the product in the image, {@code {version}} in names
 */
public record BuildSpec(
    @Nullable String region,
    String version,
    SourceImageSpec sourceImage,
    BuilderSpec builder,
    SshSpec ssh,
    ChefSpec chef,
    ProvisionSpec provision,
    BootstrapSpec bootstrap,
    ImageSpec image,
    AuditSpec audit,
    VerifySpec verify,
    TimeoutsSpec timeouts) {}
