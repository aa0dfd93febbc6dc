package io.wizzie.wcs.ami.config;

import org.jspecify.annotations.Nullable;

/**
 * The specification of a build, with defaults filled in and the region's overrides applied. All
 * paths are absolute.
 *
 * @param region the one whose overrides are applied: that of an option or the environment, else the
 *     one named in a file or by {@code --set}; null when none was named
 */
public record BuildSpec(
    @Field(
            value =
                "Where to build: an AWS region, or `local` for the one that runs on this machine."
                    + " `--region` and `AWS_REGION` go before it.",
            form = TextForm.REGION)
        @Nullable String region,
    @Field(
            value = "Version of the product in the image, `{version}` in names. Required.",
            form = TextForm.VERSION)
        String version,
    @Field("Which image the builder is launched from.") SourceImageSpec sourceImage,
    @Field("The instance that the image is made of.") BuilderSpec builder,
    @Field("How the builder is logged in to.") SshSpec ssh,
    @Field("Which chef-solo converges, and how.") ChefSpec chef,
    @Field("What is converged before the image exists.") ProvisionSpec provision,
    @Field("What every instance of the image converges at its first boot.") BootstrapSpec bootstrap,
    @Field("The image that is made.") ImageSpec image,
    @Field("How the image is audited.") AuditSpec audit,
    @Field("How an image is tried out by `wcs-ami verify` and `build --verify`.") VerifySpec verify,
    @Field("How long EC2 and the guest are waited for, where no other field says it.")
        TimeoutsSpec timeouts) {}
