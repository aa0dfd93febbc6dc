package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.CookbookBundle.CookbookDigest;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.chef.ProvisionConverge.Converged;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.inventory.Inventory.DebPackage;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import io.wizzie.wcs.ami.ssh.SshTarget;
import io.wizzie.wcs.ami.verify.BootstrapState;
import io.wizzie.wcs.ami.verify.FirstBoot.Booted;
import io.wizzie.wcs.ami.verify.SmokeResult;
import io.wizzie.wcs.ami.verify.SmokeResult.Outside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A guest that does all it is asked to, or fails at one step. */
final class FakeGuest implements GuestSteps, RemoteShell.Connector {
  /** A step that fails as told, such as {@code converge}; none when null. */
  List<String> cleaned = List.of("/home/admin/.ssh/authorized_keys");

  @Nullable String failsAt;

  RuntimeException failure = new BuildException(Category.GUEST, "Told to fail");

  /** Told before each step's effect. */
  Consumer<String> onStep = step -> {};

  List<Problem> problems = List.of();
  AuditReport audit = AuditReport.empty();
  AuditReport launchedAudit = AuditReport.empty();
  boolean reboots;
  Inventory inventory =
      new Inventory(
          List.of(
              new DebPackage("curl", "7.88.1-10+deb12u8", "amd64", "curl", "7.88.1-10+deb12u8")),
          List.of(),
          List.of(),
          List.of(),
          "6.1.0-28-amd64",
          true);
  @Nullable SshTarget target;
  @Nullable SshIdentity identity;
  final List<String> steps = new ArrayList<>();
  int openShells;

  @Override
  public RemoteShell connect(
      SshTarget to, SshIdentity with, Duration timeout, Consumer<String> progress) {
    step("connect");
    target = to;
    identity = with;
    openShells++;
    return new FakeShell();
  }

  @Override
  public List<Problem> checkInputs(@Nullable String agentSocket) {
    step("checkInputs");
    return problems;
  }

  @Override
  public KeyPair newHostKey() {
    step("newHostKey");
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String publicKeyLine(KeyPair hostKey) {
    return "ssh-ed25519 AAAA";
  }

  @Override
  public byte[] userData(KeyPair hostKey) {
    step("userData");
    return "#cloud-config".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public CookbookBundle bundle(Path folder) {
    step("bundle");
    try {
      Path file = Files.writeString(folder.resolve("bundle.tar.gz"), "bundle");
      return new CookbookBundle(
          file, "ab", 6, List.of(new CookbookDigest("provision", "wcsprov", "1.0.0", 3, "cd")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public GuestSystem awaitReady(RemoteShell shell) {
    step("awaitReady");
    return new GuestSystem("debian", "12", "Debian GNU/Linux 12 (bookworm)");
  }

  @Override
  public InstalledChef installChef(RemoteShell shell) {
    step("installChef");
    return new InstalledChef("Cinc Client", "18.7.10", "/opt/cinc/bin/chef-solo", false);
  }

  @Override
  public Converged converge(
      RemoteShell shell,
      Supplier<RemoteShell> reconnect,
      InstalledChef chef,
      CookbookBundle bundle) {
    step("converge");
    if (reboots) {
      shell.close();
      return new Converged(reconnect.get(), 3, 7, 1);
    }
    return new Converged(shell, 3, 7, 0);
  }

  @Override
  public void installHook(RemoteShell shell, InstalledChef chef) {
    step("installHook");
  }

  @Override
  public AuditReport audit(RemoteShell shell) {
    step("audit");
    return audit;
  }

  @Override
  public AuditReport auditLaunched(RemoteShell shell) {
    step("auditLaunched");
    return launchedAudit;
  }

  @Override
  public Inventory inventory(RemoteShell shell, InstalledChef chef) {
    step("inventory");
    return inventory;
  }

  @Override
  public Booted awaitFirstBoot(Supplier<RemoteShell> login, Path log) {
    RemoteShell shell = login.get();
    step("awaitFirstBoot");
    return new Booted(
        shell, new BootstrapState("converged", 1, null, null, "/var/log/wcs-bootstrap.log"));
  }

  @Override
  public List<SmokeResult> smokeChecks(RemoteShell shell, String host, List<SmokeCheck> checks) {
    step("smokeChecks");
    return checks.stream()
        .map(each -> new SmokeResult(each.describe(), true, "works", Outside.PASSED, "works"))
        .toList();
  }

  @Override
  public List<String> clean(RemoteShell shell) {
    step("clean");
    shell.close();
    return cleaned;
  }

  // The bundle is made beside the other steps.
  private synchronized void step(String name) {
    steps.add(name);
    onStep.accept(name);
    if (name.equals(failsAt)) {
      throw failure;
    }
  }

  private final class FakeShell implements RemoteShell {
    private boolean closed;

    @Override
    public CommandResult run(RemoteCommand command) {
      throw new UnsupportedOperationException("The pipeline itself runs no command");
    }

    @Override
    public PublicKey hostKey() {
      return newHostKey().getPublic();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        openShells--;
      }
    }
  }
}
