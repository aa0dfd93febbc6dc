package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.chef.ProvisionConverge.Converged;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.inventory.CycloneDx;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.util.List;

/** The stages in the guest, from the first login to its cleaning. */
record GuestStages(BuildSession session) {
  /** A guest whose provision run list has converged. */
  record ConvergedGuest(ReconnectingShell shell, InstalledChef chef) {}

  /**
   * A guest that was audited, listed and cleaned.
   *
   * @param found what was found in it and removed
   */
  record Cleaned(InstalledChef chef, AuditReport audit, Inventory inventory, List<String> found) {}

  GuestSystem ready(RemoteShell shell) {
    return session.run(
        Stage.READY, () -> session.guest().awaitReady(shell), GuestSystem::prettyName);
  }

  InstalledChef chef(RemoteShell shell) {
    return session.run(
        Stage.CHEF,
        () -> session.guest().installChef(shell),
        chef -> chef.product() + " " + chef.version());
  }

  ConvergedGuest converge(
      ReconnectingShell shell,
      Builder builder,
      InstalledChef chef,
      Background<CookbookBundle> bundle) {
    Converged converged =
        session.run(
            Stage.CONVERGE,
            () ->
                session
                    .guest()
                    .converge(shell.current(), builder.login()::open, chef, bundle.result()),
            done ->
                done.updatedResources() < 0
                    ? ""
                    : done.updatedResources() + "/" + done.totalResources() + " resources updated");
    return new ConvergedGuest(
        new ReconnectingShell(converged.shell(), builder.login()::open, session.events()::progress),
        chef);
  }

  void hook(ConvergedGuest converged) {
    session.run(
        Stage.HOOK,
        () -> {
          session.guest().installHook(converged.shell(), converged.chef());
          return "";
        },
        line -> line);
  }

  AuditReport audit(ConvergedGuest converged) {
    return session.run(
        Stage.AUDIT,
        () ->
            new AuditGate(session.spec().audit(), session.events())
                .requirePassed(session.guest().audit(converged.shell()), "the guest"),
        AuditReport::summary);
  }

  Inventory inventory(ConvergedGuest converged, BuildPlan plan, GuestSystem system) {
    Inventory inventory =
        session.run(
            Stage.INVENTORY,
            () -> session.guest().inventory(converged.shell(), converged.chef()),
            Inventory::summary);
    if (!inventory.complete()) {
      session.events().warn("Docker does not answer: the inventory lacks its images.");
    }
    CycloneDx.Subject subject =
        new CycloneDx.Subject(
            session.buildId().value(),
            plan.image().name(),
            session.spec().version(),
            session.buildId().startedAt(),
            session.parts().toolVersion(),
            system.id(),
            system.versionId());
    session
        .folder()
        .write(Inventory.FILE, CycloneDx.json(inventory, subject, session.events().mask()::json));
    return inventory;
  }

  Cleaned clean(ConvergedGuest converged, AuditReport audit, Inventory inventory) {
    List<String> found =
        session.run(
            Stage.CLEAN,
            () -> {
              session.kept().closed();
              return session.guest().clean(converged.shell());
            },
            // What is found is reported before it is removed, and must be gone for the clean to
            // succeed.
            lines ->
                lines.stream().filter(line -> line.startsWith("found ")).count()
                    + " kinds of traces removed");
    return new Cleaned(converged.chef(), audit, inventory, found);
  }
}
