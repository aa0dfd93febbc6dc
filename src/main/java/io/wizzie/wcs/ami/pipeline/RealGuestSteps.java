package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.GuestAudit;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.chef.ChefInstaller;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.chef.ProvisionConverge;
import io.wizzie.wcs.ami.chef.ProvisionConverge.Converged;
import io.wizzie.wcs.ami.cloudinit.BootstrapHook;
import io.wizzie.wcs.ami.cloudinit.BuilderUserData;
import io.wizzie.wcs.ami.cloudinit.GuestCleaning;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.inventory.InventoryCollector;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.SshKeys;
import io.wizzie.wcs.ami.verify.ExternalProbe;
import io.wizzie.wcs.ami.verify.FirstBoot;
import io.wizzie.wcs.ami.verify.FirstBoot.Booted;
import io.wizzie.wcs.ami.verify.SmokeChecks;
import io.wizzie.wcs.ami.verify.SmokeResult;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands each step to the package that knows how. */
record RealGuestSteps(BuildSpec spec, Clock clock, Sleeper sleeper, EventStream events)
    implements GuestSteps {
  @Override
  public List<Problem> checkInputs(@Nullable String agentSocket) {
    return InputChecks.check(SpecReading.of(spec), agentSocket);
  }

  @Override
  public KeyPair newHostKey() {
    return SshKeys.generateEd25519();
  }

  @Override
  public String publicKeyLine(KeyPair hostKey) {
    return SshKeys.publicKeyLine(hostKey);
  }

  @Override
  public byte[] userData(KeyPair hostKey) {
    Secret privateKeyFile = SshKeys.privateKeyFile(hostKey);
    // A guest may well print it.
    events.secret(privateKeyFile.revealUtf8());
    return BuilderUserData.render(spec.builder(), hostKey.getPublic(), privateKeyFile);
  }

  @Override
  public CookbookBundle bundle(Path folder) {
    return CookbookBundle.write(spec, folder);
  }

  @Override
  public GuestSystem awaitReady(RemoteShell shell) {
    return new GuestReadiness(clock, events).await(shell, spec.timeouts().cloudInit());
  }

  @Override
  public InstalledChef installChef(RemoteShell shell) {
    return new ChefInstaller(clock, events, spec.timeouts().chefInstall())
        .install(shell, spec.chef());
  }

  @Override
  public Converged converge(
      RemoteShell shell,
      Supplier<RemoteShell> reconnect,
      InstalledChef chef,
      CookbookBundle bundle) {
    return new ProvisionConverge(clock, events).run(shell, reconnect, chef, bundle, spec);
  }

  @Override
  public void installHook(RemoteShell shell, InstalledChef chef) {
    new BootstrapHook(clock, events)
        .install(shell, ProvisionConverge.STAGING_FOLDER, chef.soloPath(), spec.bootstrap());
  }

  @Override
  public AuditReport audit(RemoteShell shell) {
    List<String> removed =
        new GuestCleaning(clock, events).removes(shell, spec.timeouts().guestCleaning());
    return new GuestAudit(clock, spec.timeouts().guestAudit()).beforeCleaning(shell, removed);
  }

  @Override
  public AuditReport auditLaunched(RemoteShell shell) {
    return new GuestAudit(clock, spec.timeouts().guestAudit()).launched(shell);
  }

  @Override
  public Inventory inventory(RemoteShell shell, InstalledChef chef) {
    return InventoryCollector.collect(shell, chef.soloPath(), spec.timeouts().inventory());
  }

  @Override
  public Booted awaitFirstBoot(Supplier<RemoteShell> login, Path log) {
    return new FirstBoot(clock, sleeper, events, events.mask())
        .await(login, spec.verify().timeout(), log);
  }

  @Override
  public List<SmokeResult> smokeChecks(RemoteShell shell, String host, List<SmokeCheck> checks) {
    return SmokeChecks.requirePassed(
        new SmokeChecks(ExternalProbe.real())
            .run(shell, host, checks, spec.verify().checksTimeout()));
  }

  @Override
  public List<String> clean(RemoteShell shell) {
    return new GuestCleaning(clock, events).run(shell, spec.timeouts().guestCleaning());
  }
}
