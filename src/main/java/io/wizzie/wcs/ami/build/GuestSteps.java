package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.chef.ProvisionConverge.Converged;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.spec.Problem;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.function.Supplier;

/** What happens to the guest and its cookbooks, seen from the pipeline. */
interface GuestSteps {
  List<Problem> checkCookbooks();

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

  Inventory inventory(RemoteShell shell, InstalledChef chef);

  /** Cleans the guest and closes the shell; nobody can log in afterwards. */
  List<String> clean(RemoteShell shell);
}
