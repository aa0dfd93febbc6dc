package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.AuditSpec;
import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import io.wizzie.wcs.ami.config.SourceImageSpec;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import io.wizzie.wcs.ami.config.VerifySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Build specifications for tests. */
final class Specs {
  static final String SOLO = "/opt/cinc/bin/chef-solo";

  private Specs() {}

  static ChefSpec chef() {
    return new ChefSpec("cinc", null, null, SOLO, null, "warn", List.of());
  }

  static BuildSpec build(ProvisionSpec provision, BootstrapSpec bootstrap) {
    return build(chef(), provision, bootstrap);
  }

  static BuildSpec build(ChefSpec chef, ProvisionSpec provision, BootstrapSpec bootstrap) {
    return new BuildSpec(
        "local",
        "1.0",
        new SourceImageSpec("ami-1", List.of(), Map.of(), false, false),
        new BuilderSpec(
            List.of("t3.small"),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            null,
            null,
            new BuilderSpec.RootVolumeSpec(30, "gp3", null, null),
            null,
            Map.of(),
            Duration.ofHours(2),
            Duration.ofMinutes(5),
            1),
        new SshSpec(
            "admin",
            22,
            Duration.ofMinutes(5),
            SshSpec.Address.AUTO,
            SshSpec.KeyType.ED25519,
            null,
            null,
            false),
        chef,
        provision,
        bootstrap,
        new ImageSpec("name", "", Map.of(), Map.of(), true, Duration.ofMinutes(30)),
        new AuditSpec(List.of()),
        new VerifySpec(
            List.of("t3.xlarge"), Duration.ofMinutes(40), Duration.ofMinutes(5), List.of()),
        TimeoutsSpec.DEFAULT);
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
    return new ProvisionSpec(
        cookbookPaths,
        roles,
        dataBags,
        environments,
        environment,
        secret,
        List.of(runList),
        attributes(),
        timeout);
  }

  static BootstrapSpec bootstrap(List<Path> cookbookPaths, String... runList) {
    return new BootstrapSpec(
        cookbookPaths,
        List.of(runList),
        attributes(),
        "/var/log/wcs-bootstrap.log",
        Duration.ofMinutes(10));
  }

  private static ObjectNode attributes() {
    return JsonNodeFactory.instance.objectNode().put("colour", "blue");
  }
}
