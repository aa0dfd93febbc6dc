package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.InterruptibleCall;
import io.wizzie.wcs.ami.cli.command.LocalRegions;
import io.wizzie.wcs.ami.cli.command.Parts;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.SpecReader;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import io.wizzie.wcs.ami.ec2.client.AwsCli;
import io.wizzie.wcs.ami.ec2.client.Ec2Clients;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.ec2.client.Ec2Settings;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import io.wizzie.wcs.ami.pipeline.InputChecks;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The real parts of the program, each loaded when a command first asks for it. */
final class WiredParts implements Parts {
  /** A port that is served when somebody follows an advice, after the build's own has closed. */
  private static final URI LATER = URI.create("http://127.0.0.1:4566");

  private final Map<String, String> variables;
  private final Clock clock = Clock.systemUTC();
  private final RandomGenerator random = new SecureRandom();

  WiredParts(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  public SpecReading examine(List<Path> files, List<String> settings, @Nullable String region) {
    return SpecReader.examine(files, settings, region);
  }

  @Override
  public List<Problem> checkInputs(SpecReading reading) {
    return InputChecks.check(reading, variables.get("SSH_AUTH_SOCK"));
  }

  @Override
  public Optional<String> defaultRegion(@Nullable String profile, boolean offline) {
    return Ec2Clients.defaultRegion(profile, offline);
  }

  @Override
  public BuildId newBuildId() {
    return BuildId.create(clock, random);
  }

  @Override
  public Region connect(RegionTarget target) {
    Ec2Settings settings =
        new Ec2Settings(
            target.name(),
            target.profile(),
            target.endpoint(),
            target.key() == null ? null : credentials(target.key()));
    // It looks up names, for which it may wait.
    Ec2Connection connection =
        InterruptibleCall.run("signing in", () -> Ec2Clients.create(settings));
    Path state = target.servedFrom();
    return new WiredRegion(
        state == null ? connection : connection.withCli(laterLocally(target, state)),
        variables.get("SSH_AUTH_SOCK"),
        clock);
  }

  static Ec2Settings.Credentials credentials(AccessKey key) {
    return new Ec2Settings.Credentials(key.id(), key.secret());
  }

  static AwsCli laterLocally(RegionTarget target, Path state) {
    String options = AwsCli.of(target.name(), null, LATER).options();
    List<String> at = List.of("--state-dir", state.toString());
    return new AwsCli(
        target.name(),
        options
            + "  # while '"
            + Invocation.of(
                List.of("local", "serve", "--port", String.valueOf(LATER.getPort())), at)
            + "' runs, after eval \"$("
            + Invocation.of(List.of("local", "env"), at)
            + ")\"");
  }

  @Override
  public LocalRegions local() {
    return new WiredLocalRegions();
  }

  @Override
  public void logLibraries() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
  }
}
