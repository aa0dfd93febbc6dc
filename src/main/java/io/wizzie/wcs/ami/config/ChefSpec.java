package io.wizzie.wcs.ami.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The chef-solo that converges, and its options. */
public record ChefSpec(
    @Field(
            value = "Cinc, the community's build that needs no licence key, or Chef.",
            form = TextForm.CHEF_PRODUCT)
        @Field.Default("cinc")
        String product,
    @Field(
            value = "Version that must be there in the end. Without it any.",
            form = TextForm.CHEF_VERSION)
        @Nullable String version,
    @Field(
            value =
                "The package to install: `url` or `file`. Without it Chef is in the source image.",
            name = "package")
        @Nullable ChefPackage chefPackage,
    @Field(
            value =
                "chef-solo in the guest. Without it `/opt/cinc/bin/chef-solo` or"
                    + " `/opt/chef/bin/chef-solo`, after the product.",
            form = TextForm.GUEST_PATH)
        @Nullable String soloPath,
    @Field(
            value =
                "chef-solo in the source image for when the package can't be downloaded. Only in"
                    + " `regions.local`.",
            form = TextForm.GUEST_PATH)
        @Nullable String fallbackSoloPath,
    @Field(value = "Chef's log level.", form = TextForm.LOG_LEVEL) @Field.Default("info")
        String logLevel,
    @Field(
            value = "More arguments for chef-solo, passed on as they are.",
            form = TextForm.CHEF_ARGUMENT)
        List<String> extraArguments) {
  public ChefSpec {
    soloPath = soloPath == null ? "/opt/" + product + "/bin/chef-solo" : soloPath;
    extraArguments = List.copyOf(extraArguments);
  }

  @Override
  public String soloPath() {
    return Objects.requireNonNull(soloPath);
  }

  /**
   * A package: exactly one of {@code url} (downloaded by the guest) and {@code file} (uploaded).
   */
  public record ChefPackage(
      @Field(
              value = "Where the guest downloads the package; `sha256` is required with it.",
              form = TextForm.URL,
              secret = true)
          @Nullable URI url,
      @Field(value = "A package on this machine, uploaded to the guest.", form = TextForm.FILE)
          @Nullable Path file,
      @Field(value = "What the package must be.", form = TextForm.SHA256)
          @Nullable String sha256) {}
}
