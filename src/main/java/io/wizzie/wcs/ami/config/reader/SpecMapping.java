package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.AuditSpec;
import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.BuilderSpec.RootVolumeSpec;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.ChefSpec.ChefPackage;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.config.SourceImageSpec;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import io.wizzie.wcs.ami.config.VerifySpec;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the records of what was found good. */
final class SpecMapping {
  private final MergedConfig from;

  SpecMapping(MergedConfig from) {
    this.from = from;
  }

  BuildSpec build() {
    return new BuildSpec(
        from.text("region"),
        given(from.text("version")),
        sourceImage(),
        builder(),
        ssh(),
        chef(),
        provision(),
        bootstrap(),
        image(),
        audit(),
        verify(),
        timeouts());
  }

  private SourceImageSpec sourceImage() {
    return new SourceImageSpec(
        from.text("sourceImage.imageId"),
        from.texts("sourceImage.owners"),
        from.listMap("sourceImage.filters"),
        given(from.flag("sourceImage.mostRecent")),
        given(from.flag("sourceImage.includeDeprecated")));
  }

  private BuilderSpec builder() {
    return new BuilderSpec(
        from.texts("builder.instanceTypes"),
        subnetIds(),
        from.listMap("builder.subnetFilters"),
        from.texts("builder.securityGroupIds"),
        from.texts("builder.sourceCidrs"),
        from.flag("builder.associatePublicIpAddress"),
        from.text("builder.iamInstanceProfile"),
        new RootVolumeSpec(
            given(from.whole("builder.rootVolume.volumeSize")),
            given(from.text("builder.rootVolume.volumeType")),
            from.whole("builder.rootVolume.iops"),
            from.whole("builder.rootVolume.throughput")),
        from.path("builder.userDataFile"),
        from.textMap("builder.tags"),
        given(from.duration("builder.lifetime")),
        given(from.duration("builder.launchTimeout")),
        given(from.whole("builder.httpPutResponseHopLimit")));
  }

  private SshSpec ssh() {
    return new SshSpec(
        given(from.text("ssh.user")),
        given(from.whole("ssh.port")),
        given(from.duration("ssh.timeout")),
        SshSpec.Address.valueOf(constant(given(from.text("ssh.address")))),
        SshSpec.KeyType.valueOf(constant(given(from.text("ssh.keyType")))),
        from.text("ssh.keyName"),
        from.path("ssh.privateKeyFile"),
        given(from.flag("ssh.agent")));
  }

  private ChefSpec chef() {
    String product = given(from.text("chef.product"));
    String soloPath = from.text("chef.soloPath");
    return new ChefSpec(
        product,
        from.text("chef.version"),
        chefPackage(),
        soloPath == null ? "/opt/" + product + "/bin/chef-solo" : soloPath,
        from.text("chef.fallbackSoloPath"),
        given(from.text("chef.logLevel")),
        from.texts("chef.extraArguments"));
  }

  private @Nullable ChefPackage chefPackage() {
    String url = from.text("chef.package.url");
    if (url == null && from.text("chef.package.file") == null) {
      return null;
    }
    return new ChefPackage(
        url == null ? null : URI.create(url),
        from.path("chef.package.file"),
        from.text("chef.package.sha256"));
  }

  private ProvisionSpec provision() {
    return new ProvisionSpec(
        from.paths("provision.cookbookPaths"),
        from.path("provision.rolesPath"),
        from.path("provision.dataBagsPath"),
        from.path("provision.environmentsPath"),
        from.text("provision.environment"),
        from.path("provision.encryptedDataBagSecretFile"),
        from.texts("provision.runList"),
        from.attributes("provision.attributes"),
        given(from.duration("provision.timeout")));
  }

  private BootstrapSpec bootstrap() {
    return new BootstrapSpec(
        from.paths("bootstrap.cookbookPaths"),
        from.texts("bootstrap.runList"),
        from.attributes("bootstrap.attributes"),
        given(from.text("bootstrap.logFile")),
        given(from.duration("bootstrap.timeout")));
  }

  private ImageSpec image() {
    return new ImageSpec(
        given(from.text("image.name")),
        given(from.text("image.description")),
        from.textMap("image.tags"),
        from.textMap("image.snapshotTags"),
        given(from.flag("image.imdsV2Only")),
        given(from.duration("image.timeout")));
  }

  private AuditSpec audit() {
    return new AuditSpec(
        from.groups("audit.waivers").stream()
            .map(
                waiver ->
                    new AuditSpec.Waiver(
                        given(waiver.text("check")),
                        waiver.text("path"),
                        given(waiver.text("reason"))))
            .toList());
  }

  private VerifySpec verify() {
    return new VerifySpec(
        from.texts("verify.instanceTypes"),
        given(from.duration("verify.timeout")),
        given(from.duration("verify.checksTimeout")),
        from.groups("verify.checks").stream().map(SpecMapping::smokeCheck).toList());
  }

  private static SmokeCheck smokeCheck(MergedConfig check) {
    Integer tcp = check.whole("tcp");
    if (tcp != null) {
      return new SmokeCheck.Tcp(tcp);
    }
    Integer http = check.whole("http");
    if (http != null) {
      String path = check.text("path");
      return new SmokeCheck.Http(
          http, path == null ? "/" : path, check.whole("status"), check.text("text"));
    }
    String unit = check.text("unit");
    return unit == null
        ? new SmokeCheck.Command(given(check.text("command")))
        : new SmokeCheck.Unit(unit);
  }

  private List<String> subnetIds() {
    String one = from.text("builder.subnetId");
    return one == null ? from.texts("builder.subnetIds") : List.of(one);
  }

  private TimeoutsSpec timeouts() {
    return new TimeoutsSpec(
        given(from.duration("timeouts.repeat")),
        given(from.duration("timeouts.visible")),
        given(from.duration("timeouts.stop")),
        given(from.duration("timeouts.terminate")),
        given(from.duration("timeouts.release")),
        given(from.duration("timeouts.credentials")),
        given(from.duration("timeouts.login")),
        given(from.duration("timeouts.rejection")),
        given(from.duration("timeouts.cloudInit")),
        given(from.duration("timeouts.chefInstall")),
        given(from.duration("timeouts.reboot")),
        given(from.duration("timeouts.guestAudit")),
        given(from.duration("timeouts.inventory")),
        given(from.duration("timeouts.guestCleaning")),
        given(from.duration("timeouts.guestCommand")));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  /** A field that has a default, or whose lack was found before. */
  private static <T> T given(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("A field without a value passed all checks");
    }
    return value;
  }
}
