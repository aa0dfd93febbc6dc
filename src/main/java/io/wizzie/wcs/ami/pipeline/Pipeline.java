package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.chef.ProvisionConverge.Converged;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.inventory.CycloneDx;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.pipeline.recovery.Checkpoint;
import io.wizzie.wcs.ami.pipeline.recovery.CheckpointFile;
import io.wizzie.wcs.ami.pipeline.recovery.KeptBuild;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.util.List;

/**
 * The first half of the stages, in order: each takes what earlier ones yielded. {@link Completion}
 * has the second.
 */
final class Pipeline {
  private final BuildSpec spec;
  private final BuildOptions options;
  private final BuildParts parts;
  private final GuestSteps guest;
  private final BuildSession workshop;
  private final Stages stages;

  Pipeline(
      BuildSpec spec,
      BuildOptions options,
      BuildParts parts,
      GuestSteps guest,
      BuildSession workshop) {
    this.spec = spec;
    this.options = options;
    this.parts = parts;
    this.guest = guest;
    this.workshop = workshop;
    this.stages = workshop.stages();
  }

  /** From the source image to a builder that is provisioned, cleaned and recorded as such. */
  Checkpoint provision() {
    SourceImage source = resolve();
    BuildPlan plan = check(source);
    BuilderAccess access = access(plan);
    try (Background<CookbookBundle> bundling = bundle()) {
      RunningInstance builder = launch(source, plan, access);
      Provisioned provisioned = provision(builder, plan, access, bundling);
      Checkpoint made =
          new Checkpoint(
              options.buildId(),
              options.verify(),
              options.manifest(),
              spec,
              source,
              plan.image(),
              builder,
              plan.tags().expiresAt(),
              access.temporaryKey() ? access.keyName() : null,
              provisioned.system(),
              provisioned.chef(),
              provisioned.audit(),
              provisioned.inventory(),
              provisioned.cleaned(),
              bundling.result(),
              stages.timings());
      record(made);
      return made;
    }
  }

  // A build that can't be resumed is still a good build.
  private void record(Checkpoint made) {
    try {
      String digest =
          CheckpointFile.write(made, workshop.folder().path(), workshop.events().mask());
      workshop.journal().note(CheckpointFile.NOTE, digest);
    } catch (BuildException failed) {
      workshop.events().warn("Should it be killed, it can't be resumed: " + failed.getMessage());
    }
  }

  private Provisioned provision(
      RunningInstance builder,
      BuildPlan plan,
      BuilderAccess access,
      Background<CookbookBundle> bundling) {
    try (Login login = login(builder, access)) {
      ReconnectingShell before = steady(connect(login, builder, plan, access), login);
      GuestSystem system = ready(before);
      InstalledChef chef = chef(before);
      Converged converged = converge(before.current(), login, chef, bundling);
      ReconnectingShell shell = steady(converged.shell(), login);
      hook(shell, chef);
      AuditReport audit = audit(shell);
      Inventory inventory = inventory(shell, plan, system, chef);
      List<String> cleaned = clean(shell);
      return new Provisioned(system, chef, audit, inventory, cleaned);
    }
  }

  private ReconnectingShell steady(RemoteShell shell, Login login) {
    return new ReconnectingShell(shell, login::open, workshop.events()::progress);
  }

  private record Provisioned(
      GuestSystem system,
      InstalledChef chef,
      AuditReport audit,
      Inventory inventory,
      List<String> cleaned) {}

  private SourceImage resolve() {
    SourceImage source =
        stages.run(
            "resolve",
            "Resolve the source image",
            () -> workshop.ec2().sourceImages().resolve(spec.sourceImage()),
            found -> found.imageId() + " " + found.name());
    Deprecation.warning(source, parts.clock().instant()).ifPresent(workshop.events()::warn);
    return source;
  }

  private BuildPlan check(SourceImage source) {
    return stages.run(
        "check",
        "Check the image name, the cookbooks and the network",
        () -> new CheckStage(spec, options, parts, workshop.ec2(), guest).run(source),
        plan -> plan.image().name());
  }

  private BuilderAccess access(BuildPlan plan) {
    return stages.run(
        "access",
        "Make the way into the builder",
        () ->
            new AccessStage(
                    spec,
                    guest,
                    new TemporaryAccess(
                        spec,
                        options.buildId(),
                        options.buildId().value(),
                        workshop.ec2(),
                        workshop.creations(),
                        workshop.resources(),
                        workshop.events()))
                .run(plan),
        access -> "key pair " + access.keyName() + ", " + String.join(", ", access.groupIds()));
  }

  private Background<CookbookBundle> bundle() {
    return stages.start(
        "bundle",
        "Bundle the cookbooks",
        () -> guest.bundle(workshop.folder().bundleFolder()),
        bundle -> bundle.cookbooks().size() + " cookbooks, " + bundle.sizeBytes() + " bytes");
  }

  private RunningInstance launch(SourceImage source, BuildPlan plan, BuilderAccess access) {
    return stages.run(
        "launch",
        "Launch the builder",
        () ->
            new LaunchStage(
                    spec,
                    options.buildId(),
                    workshop.ec2(),
                    workshop.creations(),
                    workshop.resources(),
                    workshop.events()::progress)
                .run(source, plan, access),
        builder -> builder.instanceId() + " " + builder.instanceType());
  }

  private Login login(RunningInstance builder, BuilderAccess access) {
    return new Login(
        spec.ssh(),
        spec.timeouts(),
        access.identity(),
        access.hostKey(),
        workshop.ec2().instances(),
        builder.instanceId(),
        parts.connector(),
        workshop.events()::progress);
  }

  private RemoteShell connect(
      Login login, RunningInstance builder, BuildPlan plan, BuilderAccess access) {
    return stages.run(
        "connect",
        "Connect to the builder",
        () -> {
          workshop
              .kept()
              .opened(
                  login.target(builder),
                  new KeptBuild.Access(
                      access.identity(), access.temporaryKey(), access.hostKeyLine()),
                  plan.tags().expiresAt(),
                  spec.ssh().privateKeyFile());
          return login.open();
        },
        shell -> "logged in as " + spec.ssh().user());
  }

  private GuestSystem ready(RemoteShell shell) {
    return stages.run(
        "ready",
        "Wait for cloud-init and apt",
        () -> guest.awaitReady(shell),
        GuestSystem::prettyName);
  }

  private InstalledChef chef(RemoteShell shell) {
    return stages.run(
        "chef",
        "Install Chef",
        () -> guest.installChef(shell),
        chef -> chef.product() + " " + chef.version());
  }

  private Converged converge(
      RemoteShell shell, Login login, InstalledChef chef, Background<CookbookBundle> bundling) {
    return stages.run(
        "converge",
        "Converge the provision run list",
        () -> guest.converge(shell, login::open, chef, bundling.result()),
        done ->
            done.updatedResources() < 0
                ? ""
                : done.updatedResources() + "/" + done.totalResources() + " resources updated");
  }

  private void hook(RemoteShell shell, InstalledChef chef) {
    stages.run(
        "hook",
        "Install the bootstrap hook",
        () -> {
          guest.installHook(shell, chef);
          return "";
        },
        line -> line);
  }

  private AuditReport audit(RemoteShell shell) {
    return stages.run(
        "audit",
        "Audit the guest",
        () -> new AuditGate(spec.audit(), workshop.events()).pass(guest.audit(shell), "the guest"),
        AuditReport::summary);
  }

  private Inventory inventory(
      RemoteShell shell, BuildPlan plan, GuestSystem system, InstalledChef chef) {
    Inventory inventory =
        stages.run(
            "inventory",
            "List what is installed",
            () -> guest.inventory(shell, chef),
            Inventory::summary);
    if (!inventory.complete()) {
      workshop.events().warn("Docker does not answer: the inventory lacks its images.");
    }
    CycloneDx.Subject subject =
        new CycloneDx.Subject(
            options.buildId().value(),
            plan.image().name(),
            spec.version(),
            options.buildId().startedAt(),
            parts.toolVersion(),
            system.id(),
            system.versionId());
    workshop
        .folder()
        .write(Inventory.FILE, CycloneDx.json(inventory, subject, workshop.events().mask()::json));
    return inventory;
  }

  private List<String> clean(RemoteShell shell) {
    return stages.run(
        "clean",
        "Clean the guest",
        () -> {
          workshop.kept().closed();
          return guest.clean(shell);
        },
        // What is found is reported before it is removed, and must be gone for the clean to
        // succeed.
        cleaned ->
            cleaned.stream().filter(line -> line.startsWith("found ")).count()
                + " kinds of traces removed");
  }
}
