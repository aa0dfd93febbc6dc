package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.pipeline.GuestStages.Cleaned;
import io.wizzie.wcs.ami.pipeline.recovery.Checkpoint;
import io.wizzie.wcs.ami.pipeline.recovery.CheckpointFile;
import io.wizzie.wcs.ami.pipeline.recovery.KeptBuild;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteShell;

/** The stages of the builder: what it is made of, how it is reached and launched. */
final class BuilderStages {
  private final BuildSession session;
  private final BuildSpec spec;
  private final Stages stages;

  BuilderStages(BuildSession session) {
    this.session = session;
    this.spec = session.spec();
    this.stages = session.stages();
  }

  SourceImage resolve() {
    SourceImage source =
        stages.run(
            Stage.RESOLVE,
            () -> session.ec2().sourceImages().resolve(spec.sourceImage()),
            found -> found.imageId() + " " + found.name());
    Deprecation.warning(source, session.clock().instant()).ifPresent(session.events()::warn);
    return source;
  }

  BuildPlan check(SourceImage source) {
    return stages.run(
        Stage.CHECK,
        () -> new CheckStage(session.job(), session.ec2()).run(source),
        plan -> plan.image().name());
  }

  BuilderAccess access(BuildPlan plan) {
    return stages.run(
        Stage.ACCESS,
        () -> new AccessStage(session).run(plan),
        access ->
            "key pair "
                + access.login().keyName()
                + ", "
                + String.join(", ", access.login().groupIds()));
  }

  Background<CookbookBundle> bundle() {
    return stages.start(
        Stage.BUNDLE,
        () -> session.guest().bundle(session.folder().bundleFolder()),
        bundle -> bundle.cookbooks().size() + " cookbooks, " + bundle.sizeBytes() + " bytes");
  }

  Builder launch(SourceImage source, BuildPlan plan, BuilderAccess access) {
    RunningInstance launched =
        stages.run(
            Stage.LAUNCH,
            () -> new LaunchStage(session).run(source, plan, access),
            builder -> builder.instanceId() + " " + builder.instanceType());
    Login login = session.login(launched.instanceId(), access.login().identity(), access.hostKey());
    return new Builder(launched, login);
  }

  ReconnectingShell connect(Builder builder, BuildPlan plan, BuilderAccess access) {
    RemoteShell connected =
        stages.run(
            Stage.CONNECT,
            () -> {
              session
                  .kept()
                  .opened(
                      builder.login().target(builder.instance()),
                      new KeptBuild.Access(
                          access.login().identity(),
                          access.login().temporaryKey(),
                          access.hostKeyLine()),
                      plan.tags().expiresAt(),
                      spec.ssh().privateKeyFile());
              return builder.login().open();
            },
            shell -> "logged in as " + spec.ssh().user());
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
            spec,
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
            stages.timings());
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
