package io.wizzie.wcs.ami.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.AuditSpec;
import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.BuilderSpec.RootVolumeSpec;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.config.SourceImageSpec;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import io.wizzie.wcs.ami.config.VerifySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    return new BuildSpec(
        null,
        "1.1.0",
        new SourceImageSpec(
            null, List.of("amazon"), Map.of("name", List.of("debian-12*")), true, false),
        builder,
        ssh,
        new ChefSpec("cinc", null, null, "/opt/cinc/bin/chef-solo", null, "info", List.of()),
        new ProvisionSpec(
            List.of(Path.of("/cookbooks")),
            null,
            null,
            null,
            null,
            null,
            List.of("recipe[wcsprov]"),
            JsonNodeFactory.instance.objectNode(),
            Duration.ofMinutes(30)),
        new BootstrapSpec(
            List.of(Path.of("/cookbooks")),
            List.of("recipe[wcsbootstrap]"),
            JsonNodeFactory.instance.objectNode(),
            "/var/log/wcs-ami.log",
            Duration.ofMinutes(30)),
        new ImageSpec(
            imageName,
            "Wizzie Community Stack {version}",
            Map.of("product", "wcs {version}"),
            Map.of("of", "{build-id}"),
            true,
            Duration.ofMinutes(30)),
        new AuditSpec(List.of()),
        new VerifySpec(
            List.of("t3.xlarge"),
            Duration.ofMinutes(40),
            Duration.ofMinutes(5),
            List.of(new SmokeCheck.Tcp(3000))),
        TimeoutsSpec.DEFAULT);
  }

  /** With these attributes of the provision phase, as JSON. */
  public static BuildSpec withAttributes(String attributes) throws JsonProcessingException {
    BuildSpec spec = spec();
    ProvisionSpec provision = spec.provision();
    return new BuildSpec(
        spec.region(),
        spec.version(),
        spec.sourceImage(),
        spec.builder(),
        spec.ssh(),
        spec.chef(),
        new ProvisionSpec(
            provision.cookbookPaths(),
            null,
            null,
            null,
            null,
            null,
            provision.runList(),
            (ObjectNode) new ObjectMapper().readTree(attributes),
            provision.timeout()),
        spec.bootstrap(),
        spec.image(),
        spec.audit(),
        spec.verify(),
        spec.timeouts());
  }

  public static BuilderSpec builder(
      @Nullable Boolean publicAddress,
      @Nullable String subnetId,
      List<String> groups,
      List<String> sourceCidrs) {
    return new BuilderSpec(
        List.of("t3.large", "t3a.large"),
        subnetId == null ? List.of() : List.of(subnetId),
        Map.of(),
        groups,
        sourceCidrs,
        publicAddress,
        "wcs-builder",
        new RootVolumeSpec(30, "gp3", 3000, null),
        null,
        Map.of("team", "wizzie"),
        Duration.ofHours(2),
        Duration.ofMinutes(5),
        1);
  }

  /** The same without an instance profile. */
  public static BuilderSpec withoutProfile(BuilderSpec builder) {
    return new BuilderSpec(
        builder.instanceTypes(),
        builder.subnetIds(),
        builder.subnetFilters(),
        builder.securityGroupIds(),
        builder.sourceCidrs(),
        builder.associatePublicIpAddress(),
        null,
        builder.rootVolume(),
        builder.userDataFile(),
        builder.tags(),
        builder.lifetime(),
        builder.launchTimeout(),
        builder.httpPutResponseHopLimit());
  }

  public static SshSpec ssh(@Nullable String keyName, @Nullable Path keyFile, boolean agent) {
    return new SshSpec(
        "admin",
        22,
        Duration.ofMinutes(5),
        SshSpec.Address.AUTO,
        SshSpec.KeyType.ED25519,
        keyName,
        keyFile,
        agent);
  }
}
