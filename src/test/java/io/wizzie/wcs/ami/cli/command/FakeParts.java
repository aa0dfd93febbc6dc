package io.wizzie.wcs.ami.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.config.AuditSpec;
import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import io.wizzie.wcs.ami.config.SourceImageSpec;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import io.wizzie.wcs.ami.config.VerifySpec;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import io.wizzie.wcs.ami.ec2.Preflight;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.pipeline.BuildPreview;
import io.wizzie.wcs.ami.pipeline.BuildResumption;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parts that do as a test tells them, and write down what they were asked. */
final class FakeParts implements Parts {
  static final BuildId BUILD_ID =
      new BuildId("wcs-20260304-050607-abcdef", Instant.parse("2026-03-04T05:06:07Z"));

  final List<String> calls = new ArrayList<>();
  final FakeLocalRegions local = new FakeLocalRegions(calls);
  @Nullable String regionOfFile;
  List<String> previewProblems = List.of();
  List<Preflight.Answer> permissions = List.of();
  List<Problem> specProblems = List.of();
  List<Problem> specDoubts = List.of();
  List<Problem> cookbookProblems = List.of();
  Optional<String> regionOfSdk = Optional.empty();
  @Nullable RuntimeException connectFailure;
  @Nullable Runnable interruptedBy;
  @Nullable RegionTarget target;
  @Nullable BuildOptions options;
  RegionListing listing = new RegionListing("eu-west-1", List.of(), List.of());
  BuildScript audit = events -> new BuildOutcome.Audited(AuditReport.empty(), List.of());
  Cleaning cleaning = new Cleaning("eu-west-1", List.of());
  BuildScript script = events -> new BuildOutcome.Built(Results.built(List.of()));

  /** What a build does. */
  interface BuildScript {
    BuildOutcome run(Consumer<BuildEvent> events);
  }

  @Override
  public SpecReading examine(List<Path> files, List<String> settings, @Nullable String region) {
    calls.add("read " + files + " " + settings + " for " + region);
    BuildSpec draft = spec(region == null ? regionOfFile : region);
    return new SpecReading(draft, specProblems, specDoubts, Set.of(), Map.of());
  }

  @Override
  public List<Problem> checkInputs(SpecReading reading) {
    return cookbookProblems;
  }

  @Override
  public Optional<String> defaultRegion(@Nullable String profile, boolean offline) {
    calls.add("ask the SDK for a region of profile " + profile + (offline ? " offline" : ""));
    return regionOfSdk;
  }

  @Override
  public BuildId newBuildId() {
    return BUILD_ID;
  }

  @Override
  public Region connect(RegionTarget target) {
    if (connectFailure != null) {
      throw connectFailure;
    }
    this.target = target;
    calls.add("connect");
    return new FakeRegion();
  }

  @Override
  public LocalRegions local() {
    return local;
  }

  @Override
  public void logLibraries() {
    calls.add("log libraries");
  }

  private static BuildSpec spec(@Nullable String region) {
    return new BuildSpec(
        region,
        "1.1.0",
        new SourceImageSpec("ami-source", List.of(), Map.of(), false, false),
        new BuilderSpec(
            List.of("t3.large"),
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
            "ubuntu",
            22,
            Duration.ofMinutes(5),
            SshSpec.Address.AUTO,
            SshSpec.KeyType.ED25519,
            null,
            null,
            false),
        new ChefSpec("cinc", null, null, "/opt/cinc/bin/chef-solo", null, "info", List.of()),
        new ProvisionSpec(
            List.of(),
            null,
            null,
            null,
            null,
            null,
            List.of("recipe[wcsprov]", "recipe[more]"),
            JsonNodeFactory.instance.objectNode(),
            Duration.ofMinutes(30)),
        new BootstrapSpec(
            List.of(),
            List.of("recipe[wcsbootstrap]"),
            JsonNodeFactory.instance.objectNode(),
            "/var/log/wcs.log",
            Duration.ofMinutes(30)),
        new ImageSpec("wcs-{version}", "WCS", Map.of(), Map.of(), true, Duration.ofMinutes(30)),
        new AuditSpec(List.of()),
        new VerifySpec(
            List.of("t3.xlarge"), Duration.ofMinutes(40), Duration.ofMinutes(5), List.of()),
        TimeoutsSpec.DEFAULT);
  }

  /** Builds as the script says. */
  private final class FakeRegion implements Region {
    @Override
    public BuildOutcome build(
        BuildSpec spec, BuildOptions asked, Path outputFolder, Consumer<BuildEvent> events) {
      calls.add("build");
      options = asked;
      return script.run(events);
    }

    @Override
    public BuildOutcome resume(
        BuildResumption resumption, Path outputFolder, Consumer<BuildEvent> events) {
      calls.add("resume " + resumption.options().buildId());
      options = resumption.options();
      return script.run(events);
    }

    @Override
    public BuildOutcome audit(
        BuildSpec spec,
        BuildOptions asked,
        String imageId,
        Path outputFolder,
        Consumer<BuildEvent> events) {
      calls.add("audit " + imageId);
      options = asked;
      return audit.run(events);
    }

    @Override
    public BuildOutcome verify(
        String imageId,
        BuildSpec spec,
        BuildOptions asked,
        Path outputFolder,
        Consumer<BuildEvent> events) {
      calls.add("verify " + imageId);
      options = asked;
      return script.run(events);
    }

    @Override
    public BuildPreview preview(BuildSpec spec, BuildOptions asked) {
      calls.add("preview");
      return new BuildPreview(
          "eu-west-1",
          spec,
          new SourceImage("ami-source", "debian", "1", "x86_64", "/dev/xvda", 8, List.of(), null),
          "wcs-1.1.0",
          List.of(new BuilderSubnet("subnet-1", "vpc-1", "eu-west-1a", "10.0.0.0/24", true)),
          List.of("192.0.2.1/32"),
          permissions,
          previewProblems);
    }

    @Override
    public Cleaning clean(Cleaning.Request request, Path outputFolder, Consumer<String> progress) {
      calls.add("clean " + request);
      progress.accept("looking");
      return cleaning;
    }

    @Override
    public RegionListing list() {
      calls.add("list");
      if (interruptedBy != null) {
        interruptedBy.run();
        throw new IllegalStateException("the connection was aborted");
      }
      return listing;
    }

    @Override
    public SourceImage image(String imageId) {
      calls.add("describe " + imageId);
      return new SourceImage(
          imageId, "wcs-of-old", "123456789012", "arm64", "/dev/xvda", 40, List.of(), null);
    }

    @Override
    public String removal(String kind, String id) {
      return "remove " + kind + " " + id;
    }

    @Override
    public void close() {
      calls.add("disconnect");
    }
  }
}
