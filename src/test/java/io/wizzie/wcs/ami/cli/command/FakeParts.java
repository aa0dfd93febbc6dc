package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.EffectiveValue;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import io.wizzie.wcs.ami.ec2.Preflight;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.pipeline.BuildPreview;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.nio.file.Path;
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
  List<Problem> specWarnings = List.of();
  List<EffectiveValue> effective = List.of();
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
    return new SpecReading(draft, specProblems, specWarnings, Set.of(), Map.of(), effective);
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
    return SpecFixture.with(
        SpecFixture.of(
            BuildSpec.class,
            """
            {version: '1.1.0', sourceImage: {imageId: 'ami-source'},
             builder: {instanceTypes: ['t3.large']},
             provision: {runList: ['recipe[wcsprov]', 'recipe[more]'], timeout: '30m'},
             bootstrap: {runList: ['recipe[wcsbootstrap]'], logFile: '/var/log/wcs.log'},
             image: {name: 'wcs-{version}', description: 'WCS', timeout: '30m'},
             verify: {instanceTypes: ['t3.xlarge']}}
            """),
        "region",
        region);
  }

  /** Builds as the script says. */
  private final class FakeRegion implements Region {
    @Override
    public BuildOutcome run(RegionJob job, Path outputFolder, Consumer<BuildEvent> events) {
      options = job.options();
      if (job instanceof RegionJob.Audit) {
        calls.add("audit " + job.subject());
        return audit.run(events);
      } else if (job instanceof RegionJob.Verify) {
        calls.add("verify " + job.subject());
      } else {
        calls.add(job instanceof RegionJob.Resume ? "resume " + options.buildId() : "build");
      }
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
    public String removal(ResourceId resource) {
      return "remove " + resource;
    }

    @Override
    public void close() {
      calls.add("disconnect");
    }
  }
}
