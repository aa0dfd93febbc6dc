package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.chef.ProvisionConverge.Converged;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.verify.FirstBoot.Booted;
import io.wizzie.wcs.ami.verify.SmokeResult;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happens to the guest and its cookbooks, seen from the pipeline. */
interface GuestSteps {
  /** As {@link InputChecks}. */
  List<Problem> checkInputs(@Nullable String agentSocket);

  KeyPair newHostKey();

  String publicKeyLine(KeyPair hostKey);

  byte[] userData(KeyPair hostKey);

  CookbookBundle bundle(Path folder);

  GuestSystem awaitReady(RemoteShell shell);

  InstalledChef installChef(RemoteShell shell);

  Converged converge(
      RemoteShell shell,
      Supplier<RemoteShell> reconnect,
      InstalledChef chef,
      CookbookBundle bundle);

  void installHook(RemoteShell shell, InstalledChef chef);

  /** What the audit finds in the guest that the cleaning will not take away. */
  AuditReport audit(RemoteShell shell);

  /** What the audit finds on an instance that was launched from an image. */
  AuditReport auditLaunched(RemoteShell shell);

  Inventory inventory(RemoteShell shell, InstalledChef chef);

  /** Waits for the first boot of an instance of the image, and saves its bootstrap's log. */
  Booted awaitFirstBoot(Supplier<RemoteShell> login, Path log);

  /** Runs smoke checks on it; fails unless all pass. */
  List<SmokeResult> smokeChecks(RemoteShell shell, String host, List<SmokeCheck> checks);

  /** Cleans the guest and closes the shell; nobody can log in afterwards. */
  List<String> clean(RemoteShell shell);
}
