package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Build specifications for tests. */
final class Specs {
  static final String SOLO = "/opt/cinc/bin/chef-solo";

  private Specs() {}

  static ChefSpec chef() {
    return SpecFixture.of(ChefSpec.class, "{logLevel: 'warn'}");
  }

  /** Of any record of the configuration, such as {@code {version: '18.7.10'}} of Chef. */
  static ChefSpec chef(
      String json, ChefSpec.@Nullable ChefPackage chefPackage, @Nullable String fallback) {
    ChefSpec chef = SpecFixture.of(ChefSpec.class, json);
    return SpecFixture.with(
        SpecFixture.with(chef, "chefPackage", chefPackage), "fallbackSoloPath", fallback);
  }

  static BuildSpec build(ProvisionSpec provision, BootstrapSpec bootstrap) {
    return build(chef(), provision, bootstrap);
  }

  static BuildSpec build(ChefSpec chef, ProvisionSpec provision, BootstrapSpec bootstrap) {
    BuildSpec spec =
        SpecFixture.of(
            BuildSpec.class,
            """
            {region: 'local', version: '1.0', sourceImage: {imageId: 'ami-1'},
             builder: {instanceTypes: ['t3.small']}, ssh: {user: 'admin'}, image: {name: 'name'}}
            """);
    spec = SpecFixture.with(spec, "chef", chef);
    return SpecFixture.with(SpecFixture.with(spec, "provision", provision), "bootstrap", bootstrap);
  }

  /** A provision phase of these cookbooks; see the record for the rest. */
  static ProvisionSpec provision(List<Path> cookbookPaths, String... runList) {
    return provision(cookbookPaths, null, null, null, null, null, Duration.ofMinutes(5), runList);
  }

  static ProvisionSpec provision(
      List<Path> cookbookPaths,
      @Nullable Path roles,
      @Nullable Path dataBags,
      @Nullable Path environments,
      @Nullable String environment,
      @Nullable Path secret,
      Duration timeout,
      String... runList) {
    ProvisionSpec phase = SpecFixture.of(ProvisionSpec.class, "{attributes: {colour: 'blue'}}");
    phase = SpecFixture.with(phase, "cookbookPaths", cookbookPaths);
    phase = SpecFixture.with(phase, "rolesPath", roles);
    phase = SpecFixture.with(phase, "dataBagsPath", dataBags);
    phase = SpecFixture.with(phase, "environmentsPath", environments);
    phase = SpecFixture.with(phase, "environment", environment);
    phase = SpecFixture.with(phase, "encryptedDataBagSecretFile", secret);
    phase = SpecFixture.with(phase, "timeout", timeout);
    return SpecFixture.with(phase, "runList", List.of(runList));
  }

  static BootstrapSpec bootstrap(List<Path> cookbookPaths, String... runList) {
    BootstrapSpec phase =
        SpecFixture.of(BootstrapSpec.class, "{attributes: {colour: 'blue'}, timeout: '10m'}");
    phase = SpecFixture.with(phase, "cookbookPaths", cookbookPaths);
    return SpecFixture.with(phase, "runList", List.of(runList));
  }
}
