package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.pipeline.GuestStages.Cleaned;
import io.wizzie.wcs.ami.pipeline.recovery.Checkpoint;
import io.wizzie.wcs.ami.pipeline.recovery.CheckpointFile;
import io.wizzie.wcs.ami.pipeline.recovery.KeptBuild;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.security.KeyPair;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stages of the builder: what it is made of, how it is reached and launched. */
record BuilderStages(BuildSession session) {
  SourceImage resolve() {
    SourceImage source =
        session.run(
            Stage.RESOLVE,
            () -> session.ec2().sourceImages().resolve(session.spec().sourceImage()),
            found -> found.imageId() + " " + found.name());
    deprecation(source, session.clock().instant()).ifPresent(session.events()::warn);
    return source;
  }

  /** A warning when the source image is deprecated now: its owner no longer maintains it. */
  private static Optional<String> deprecation(SourceImage source, Instant now) {
    String time = source.deprecationTime();
    if (time == null) {
      return Optional.empty();
    }
    try {
      if (Instant.parse(time).isAfter(now)) {
        return Optional.empty();
      }
    } catch (DateTimeException notATime) {
      // Then EC2's own word is shown.
    }
    return Optional.of(
        "Source image "
            + source.imageId()
            + " is deprecated since "
            + time
            + ": its owner has newer ones, and the Marketplace wants a maintained one.");
  }

  BuildPlan check(SourceImage source) {
    return session.run(
        Stage.CHECK,
        () -> new CheckStage(session.job(), session.ec2()).run(source),
        plan -> plan.image().name());
  }

  BuilderAccess access(BuildPlan plan) {
    return session.run(
        Stage.ACCESS,
        () -> makeAccess(plan),
        access ->
            "key pair "
                + access.login().keyName()
                + ", "
                + String.join(", ", access.login().groupIds()));
  }

  /** Makes what is needed to get into the builder: key pair, security group, host key. */
  private BuilderAccess makeAccess(BuildPlan plan) {
    GuestSteps guest = session.guest();
    // First what can fail without anything left to remove.
    KeyPair hostKey = guest.newHostKey();
    Secret userData = LaunchRequest.encode(guest.userData(hostKey));
    LoginAccess login =
        new TemporaryAccess(session, session.buildId().value())
            .grant(
                plan.subnets().get(0).vpcId(),
                plan.identity(),
                List.of(),
                plan::sourceCidrs,
                plan.tags());
    return new BuilderAccess(login, hostKey.getPublic(), guest.publicKeyLine(hostKey), userData);
  }

  Background<CookbookBundle> bundle() {
    return session
        .stages()
        .start(
            Stage.BUNDLE,
            () -> session.guest().bundle(session.folder().bundleFolder()),
            bundle -> bundle.cookbooks().size() + " cookbooks, " + bundle.sizeBytes() + " bytes");
  }

  Builder launch(SourceImage source, BuildPlan plan, BuilderAccess access) {
    RunningInstance launched =
        session.run(
            Stage.LAUNCH,
            () -> launchBuilder(source, plan, access),
            builder -> builder.instanceId() + " " + builder.instanceType());
    Login login = session.login(launched.instanceId(), access.login().identity(), access.hostKey());
    return new Builder(launched, login);
  }

  private RunningInstance launchBuilder(SourceImage source, BuildPlan plan, BuilderAccess access) {
    BuilderSpec builder = session.spec().builder();
    LaunchRequest request =
        new LaunchRequest(
            source,
            builder,
            access.login().keyName(),
            access.login().groupIds(),
            access.userData(),
            plan.tags().temporary());
    Ec2Verbs ec2 = session.ec2();
    String instanceId =
        session.launch(
            builder.instanceTypes(),
            plan.subnets(),
            session.buildId().value(),
            (type, subnetId, token) -> ec2.instances().run(request, type, subnetId, token));
    // Before minutes are spent on what could not be sold.
    ec2.volumes().requireUnencrypted(instanceId);
    return session.awaitRunning(instanceId);
  }

  ReconnectingShell connect(Builder builder, BuildPlan plan, BuilderAccess access) {
    RemoteShell connected =
        session.run(
            Stage.CONNECT,
            () -> {
              session
                  .kept()
                  .opened(
                      new KeptBuild.Access(
                          builder.login().target(builder.instance()),
                          access.login().identity(),
                          access.login().temporaryKey(),
                          access.hostKeyLine(),
                          plan.tags().expiresAt(),
                          session.spec().ssh().privateKeyFile()));
              return builder.login().open();
            },
            shell -> "logged in as " + session.spec().ssh().user());
    return new ReconnectingShell(connected, builder.login()::open, session.events()::progress);
  }

  /** Writes down what a resumption needs; a build that can't be resumed is still a good build. */
  Checkpoint checkpoint(
      SourceImage source,
      BuildPlan plan,
      BuilderAccess access,
      Builder builder,
      GuestSystem system,
      Cleaned cleaned,
      Background<CookbookBundle> bundle) {
    Checkpoint made =
        new Checkpoint(
            session.buildId(),
            session.options().verify(),
            session.options().manifest(),
            session.spec(),
            source,
            plan.image(),
            builder.instance(),
            plan.tags().expiresAt(),
            access.login().temporaryKey() ? access.login().keyName() : null,
            system,
            cleaned.chef(),
            cleaned.audit(),
            cleaned.inventory(),
            cleaned.found(),
            bundle.result(),
            session.stages().timings());
    try {
      String digest = CheckpointFile.write(made, session.folder().path(), session.events().mask());
      session.journal().note(CheckpointFile.NOTE, digest);
    } catch (BuildException failed) {
      session
          .events()
          .warn(
              "Checkpoint not saved: the build can't be resumed if it is killed. "
                  + failed.getMessage());
    }
    return made;
  }
}
