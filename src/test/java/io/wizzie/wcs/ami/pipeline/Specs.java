package io.wizzie.wcs.ami.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Specifications for tests. */
public final class Specs {
  private Specs() {}

  public static BuildSpec spec() {
    return spec(builder(null, null, List.of(), List.of("198.51.100.7/32")), ssh(null, null, false));
  }

  public static BuildSpec spec(BuilderSpec builder, SshSpec ssh) {
    return spec(builder, ssh, "wcs-{version}-{timestamp}");
  }

  public static BuildSpec spec(BuilderSpec builder, SshSpec ssh, String imageName) {
    BuildSpec spec =
        SpecFixture.of(
            BuildSpec.class,
            """
            {version: '1.1.0',
             sourceImage: {owners: ['amazon'], filters: {name: ['debian-12*']}, mostRecent: true},
             provision: {cookbookPaths: ['/cookbooks'], runList: ['recipe[wcsprov]'],
               timeout: '30m'},
             bootstrap: {cookbookPaths: ['/cookbooks'], runList: ['recipe[wcsbootstrap]'],
               logFile: '/var/log/wcs-ami.log'},
             image: {description: 'Wizzie Community Stack {version}',
               tags: {product: 'wcs {version}'}, snapshotTags: {of: '{build-id}'},
               timeout: '30m'},
             verify: {instanceTypes: ['t3.xlarge'], checks: [{tcp: 3000}]}}
            """);
    BuildSpec with = SpecFixture.with(SpecFixture.with(spec, "builder", builder), "ssh", ssh);
    return SpecFixture.with(with, "image", SpecFixture.with(spec.image(), "name", imageName));
  }

  /** With these attributes of the provision phase, as JSON. */
  public static BuildSpec withAttributes(String attributes) throws JsonProcessingException {
    BuildSpec spec = spec();
    return SpecFixture.with(
        spec,
        "provision",
        SpecFixture.with(spec.provision(), "attributes", new ObjectMapper().readTree(attributes)));
  }

  public static BuilderSpec builder(
      @Nullable Boolean publicAddress,
      @Nullable String subnetId,
      List<String> groups,
      List<String> sourceCidrs) {
    BuilderSpec builder =
        SpecFixture.of(
            BuilderSpec.class,
            """
            {instanceTypes: ['t3.large', 't3a.large'], iamInstanceProfile: 'wcs-builder',
             rootVolume: {iops: 3000}, tags: {team: 'wizzie'}}
            """);
    builder = SpecFixture.with(builder, "associatePublicIpAddress", publicAddress);
    builder = SpecFixture.with(builder, "subnetId", subnetId);
    builder = SpecFixture.with(builder, "securityGroupIds", groups);
    return SpecFixture.with(builder, "sourceCidrs", sourceCidrs);
  }

  /** The same without an instance profile. */
  public static BuilderSpec withoutProfile(BuilderSpec builder) {
    return SpecFixture.with(builder, "iamInstanceProfile", null);
  }

  public static SshSpec ssh(@Nullable String keyName, @Nullable Path keyFile, boolean agent) {
    SshSpec ssh = SpecFixture.of(SshSpec.class, "{user: 'admin', agent: " + agent + "}");
    return SpecFixture.with(SpecFixture.with(ssh, "keyName", keyName), "privateKeyFile", keyFile);
  }
}
