package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.ec2.InstanceTypes;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.pipeline.TrialInstances.TrialAccess;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import io.wizzie.wcs.ami.pipeline.result.Verification.Trial;
import io.wizzie.wcs.ami.verify.FirstBoot.Booted;
import io.wizzie.wcs.ami.verify.SmokeResult;
import io.wizzie.wcs.ami.verify.SmokeResult.Outside;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tries out a finished image as a buyer would use it: an instance without user data, and beside it
 * one with user data of the buyer's own.
 */
record VerifyStages(BuildSession session) {
  private static final String BUYERS_MARK = "/var/tmp/wcs-ami-trial";

  /** All that the bootstrap hook has to survive. */
  private static final String BUYERS_USER_DATA =
      """
      #cloud-config
      users:
        - default
        - name: wcs-ami-trial
          lock_passwd: true
      write_files:
        - path: %1$s/written
          content: by a buyer
      runcmd:
        - [cp, %1$s/written, %1$s/ran]
      """
          .formatted(BUYERS_MARK);

  private static final SmokeCheck BUYERS_RUNCMD =
      new SmokeCheck.Command("id wcs-ami-trial && test -e " + BUYERS_MARK + "/ran");

  /**
   * @param audited whether the plain instance is audited too, where nothing can hide in a tmpfs
   *     that was mounted over it while the image was made
   * @throws BuildException category CHECK when the image does not do what it must
   */
  Verification run(SourceImage image, boolean audited) {
    Instant launched = session.clock().instant();
    // Both at once, so that the second one's first boot costs next to no time.
    try (Launched trials = launch(image)) {
      Path log = log("plain");
      Booted booted = boot(trials.plain(), log);
      Trial plain = plain(trials.plain(), booted, log, launched);
      AuditReport audit = audited ? audit(trials.plain(), booted) : null;
      Trial userData = userData(trials.userData(), launched);
      return new Verification(image.imageId(), List.of(plain, userData), audit);
    }
  }

  private record Launched(TrialInstance plain, TrialInstance userData) implements AutoCloseable {
    String instanceIds() {
      return plain.instanceId() + ", " + userData.instanceId();
    }

    @Override
    public void close() {
      plain.close();
      userData.close();
    }
  }

  private Launched launch(SourceImage image) {
    return session.run(
        Stage.VERIFY_LAUNCH,
        () -> {
          List<String> types = session.spec().verify().instanceTypes();
          InstanceTypes.requireFor(image, types, "verify.instanceTypes");
          TrialInstances instances = new TrialInstances(session);
          TrialAccess access = instances.access(ports());
          Launched trials =
              new Launched(
                  instances.launch(image, access, "plain", types, null),
                  instances.launch(image, access, "user-data", types, BUYERS_USER_DATA));
          trials.plain().awaitRunning();
          trials.userData().awaitRunning();
          return trials;
        },
        Launched::instanceIds);
  }

  private Booted boot(TrialInstance instance, Path log) {
    return session.run(Stage.VERIFY_BOOT, () -> firstBoot(instance, log), done -> "converged");
  }

  private AuditReport audit(TrialInstance instance, Booted booted) {
    return session.run(
        Stage.VERIFY_AUDIT,
        () ->
            new AuditGate(session.spec().audit(), session.events())
                .requirePassed(
                    session.guest().auditLaunched(booted.shell()),
                    "instance " + instance.instanceId()),
        AuditReport::summary);
  }

  private Trial plain(TrialInstance instance, Booted booted, Path log, Instant launched) {
    Duration took = Duration.between(launched, session.clock().instant());
    List<SmokeResult> checks =
        session.run(
            Stage.VERIFY_CHECKS,
            () -> checks(instance, booted, session.spec().verify().checks()),
            VerifyStages::passed);
    return new Trial("plain", instance.instanceId(), took, log, checks);
  }

  private Trial userData(TrialInstance instance, Instant launched) {
    Path log = log("user-data");
    List<SmokeCheck> wanted = new ArrayList<>(session.spec().verify().checks());
    wanted.add(BUYERS_RUNCMD);
    return session.run(
        Stage.VERIFY_USER_DATA,
        () -> {
          Booted booted = firstBoot(instance, log);
          Duration took = Duration.between(launched, session.clock().instant());
          List<SmokeResult> checks = checks(instance, booted, wanted);
          return new Trial("user-data", instance.instanceId(), took, log, checks);
        },
        trial -> passed(trial.checks()));
  }

  private Booted firstBoot(TrialInstance instance, Path log) {
    return blamingTheImage(instance, () -> session.guest().awaitFirstBoot(instance::open, log));
  }

  private List<SmokeResult> checks(TrialInstance instance, Booted booted, List<SmokeCheck> wanted) {
    return blamingTheImage(
        instance,
        () -> {
          List<SmokeResult> results =
              session.guest().smokeChecks(booted.shell(), instance.host(), wanted);
          results.stream()
              .filter(each -> each.outside() == Outside.NOT_REACHABLE)
              .forEach(
                  each ->
                      session
                          .events()
                          .warn(
                              each.check()
                                  + " works inside, but from here it is "
                                  + each.outsideSaid()));
          return results;
        });
  }

  /**
   * What fails on an instance that runs is the image's fault, as far as anybody can tell; the
   * builder was reached in the same way.
   */
  private static <T> T blamingTheImage(TrialInstance instance, Supplier<T> work) {
    try {
      return work.get();
    } catch (BuildException failed) {
      boolean guests =
          failed.category() == Category.CHECK
              || failed.category() == Category.GUEST
              || failed.category() == Category.ACCESS;
      if (!guests) {
        throw failed;
      }
      throw Category.CHECK.failure(
          "The image does not pass on instance "
              + instance.instanceId()
              + ". "
              + failed.getMessage(),
          failed);
    }
  }

  private Path log(String name) {
    return session.folder().path().resolve("bootstrap-" + name + ".log");
  }

  private List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (SmokeCheck check : session.spec().verify().checks()) {
      if (check instanceof SmokeCheck.Tcp tcp) {
        ports.add(tcp.port());
      } else if (check instanceof SmokeCheck.Http http) {
        ports.add(http.port());
      }
    }
    return ports;
  }

  private static String passed(List<SmokeResult> checks) {
    long outside = checks.stream().filter(each -> each.outside() == Outside.PASSED).count();
    return checks.size() + " checks passed, " + outside + " of them from outside too";
  }
}
