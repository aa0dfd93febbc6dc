package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.cloudinit.BootstrapHook;
import io.wizzie.wcs.ami.cloudinit.GuestCleaning;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.PodmanGuest;
import io.wizzie.wcs.ami.ssh.ConnectPolicy;
import io.wizzie.wcs.ami.ssh.FaultProxy;
import io.wizzie.wcs.ami.ssh.FaultProxy.Fault;
import io.wizzie.wcs.ami.ssh.MinaConnector;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import io.wizzie.wcs.ami.ssh.SshKeys;
import io.wizzie.wcs.ami.ssh.SshTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every step over SSH with every fault of the network, against a real guest. A sample of them; all,
 * each at several moments, with {@code -Dwcs-ami.soak}. The table is in {@code
 * target/ssh-fault-matrix.txt}.
 */
class SshFaultMatrixIT {
  private static final boolean ALL = System.getProperty("wcs-ami.soak") != null;
  private static final int LINES = 150;
  private static final ConnectPolicy QUICK =
      new ConnectPolicy(
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofMinutes(2));

  private static final KeyPair HOST = SshKeys.generateEd25519();
  private static final KeyPair USER = SshKeys.generateEd25519();

  @TempDir static Path folder;
  private static PodmanGuest guest;
  private static CookbookBundle bundle;
  private static BuildSpec spec;
  private static ChefSpec.ChefPackage chefPackage;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> table = new ArrayList<>();

  private enum Step {
    CONNECT,
    READY,
    INSTALL,
    UPLOAD,
    CONVERGE,
    HOOK,
    CLEAN
  }

  /** One row of the table. */
  private record Case(Step step, Fault fault, boolean towardsServer, long afterBytes) {}

  @BeforeAll
  static void boot() throws Exception {
    guest = PodmanGuest.boot("i-matrix", userData());
    assertThat(guest.cloudInitStatus()).isZero();
    Path cookbooks = Files.createDirectories(folder.resolve("cookbooks"));
    Path files = Files.createDirectories(cookbooks.resolve("one/files"));
    Files.createDirectories(cookbooks.resolve("one/recipes"));
    Files.writeString(cookbooks.resolve("one/metadata.rb"), "name 'one'\nversion '1.2.3'\n");
    Files.writeString(cookbooks.resolve("one/recipes/default.rb"), "log 'hello'\n");
    byte[] bulk = new byte[3 << 20];
    new Random(5).nextBytes(bulk);
    Files.write(files.resolve("bulk"), bulk);
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret-s3cret");
    spec =
        Specs.build(
            Specs.provision(
                List.of(cookbooks),
                null,
                null,
                null,
                null,
                secret,
                Duration.ofMinutes(3),
                "recipe[one]"),
            Specs.bootstrap(List.of(cookbooks), "recipe[one]"));
    bundle = CookbookBundle.write(spec, folder);
    chefPackage = new ChefSpec.ChefPackage(null, debianPackage(), null);
  }

  @AfterAll
  static void remove() {
    if (guest != null) {
      guest.close();
    }
  }

  @Test
  void everyStepEndsWellOrSaysWhyUnderEveryFault() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Case one : cases()) {
      String problem = run(one);
      if (!problem.isEmpty()) {
        wrong.add(one + ": " + problem);
      }
    }
    Path report = Path.of("target", "ssh-fault-matrix.txt");
    Files.createDirectories(report.getParent());
    table.add(0, "step      fault    after     exit  connections  outcome");
    table.add(table.size() - 1 + " cases, " + wrong.size() + " wrong");
    Files.write(report, table);
    assertThat(wrong).isEmpty();
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Step step : Step.values()) {
      for (Fault fault : Fault.values()) {
        for (long after : moments(step)) {
          cases.add(new Case(step, fault, step == Step.UPLOAD || step == Step.INSTALL, after));
        }
      }
    }
    if (ALL) {
      return cases;
    }
    // Each step once, each fault of the one step that takes most of a build's time.
    return cases.stream()
        .filter(one -> one.afterBytes() == moments(one.step()).get(0))
        .filter(one -> one.fault() == Fault.DROP || one.step() == Step.CONVERGE)
        .toList();
  }

  /** After how many bytes of a step the fault comes. */
  private static List<Long> moments(Step step) {
    return switch (step) {
      case CONNECT -> List.of(1000L, 1L, 1600L);
      case READY -> List.of(1L, 600L);
      case INSTALL -> List.of(300_000L, 1L, 1_000_000L);
      case UPLOAD -> List.of(1_500_000L, 1L, 3_000_000L);
      case CONVERGE -> List.of(6000L, 200L, 1000L);
      case HOOK -> List.of(400L, 1L, 1000L);
      case CLEAN -> List.of(1L, 900L);
    };
  }

  /** Runs a case, adds its row and returns what is wrong with how it ended. */
  private String run(Case one) throws Exception {
    if (one.step() != Step.CLEAN) {
      return run(one, guest);
    }
    // Nobody can log in to a guest that was cleaned.
    try (PodmanGuest own = PodmanGuest.boot("i-matrix-clean", userData())) {
      assertThat(own.cloudInitStatus()).isZero();
      return run(one, own);
    }
  }

  private String run(Case one, PodmanGuest in) throws Exception {
    lines.clear();
    prepare(in, one.step());
    BuildException failure = null;
    int connections;
    boolean struck;
    try (FaultProxy proxy = new FaultProxy(in.address(), 22)) {
      if (one.step() == Step.CONNECT) {
        proxy.arm(one.fault(), one.towardsServer(), one.afterBytes());
      }
      try (RemoteShell first = connect(proxy)) {
        if (one.step() != Step.CONNECT) {
          proxy.arm(one.fault(), one.towardsServer(), one.afterBytes());
        }
        step(one.step(), first, proxy);
      } catch (BuildException e) {
        failure = e;
      }
      connections = proxy.connections();
      struck = proxy.struck();
    }
    String problem = !struck ? "the fault never came" : problem(one, failure, in);
    table.add(
        String.format(
            "%-9s %-8s %8d  %4d  %11d  %s%s",
            one.step(),
            one.fault(),
            one.afterBytes(),
            failure == null ? 0 : 1,
            connections,
            failure == null ? "ok" : String.valueOf(failure.getMessage()).split("\n", 2)[0],
            problem.isEmpty() ? "" : "  WRONG: " + problem));
    return problem;
  }

  private void step(Step step, RemoteShell first, FaultProxy proxy) {
    ReconnectingShell shell = new ReconnectingShell(first, () -> connect(proxy), line -> {});
    switch (step) {
      case CONNECT -> shell.run(io.wizzie.wcs.ami.ssh.RemoteCommand.of("true", QUICK.heartbeat()));
      case READY ->
          new GuestReadiness(Clock.systemUTC(), event -> {}).await(shell, Duration.ofMinutes(1));
      case INSTALL ->
          new ChefInstaller(Clock.systemUTC(), event -> {}, Duration.ofMinutes(5))
              .install(shell, Specs.chef("{logLevel: 'auto'}", chefPackage, null));
      case UPLOAD, CONVERGE ->
          new ProvisionConverge(Clock.systemUTC(), this::note)
              .run(
                  first,
                  () -> connect(proxy),
                  new InstalledChef("Cinc Client", "18.7.10", Specs.SOLO, false),
                  bundle,
                  spec)
              .shell()
              .close();
      case HOOK ->
          new BootstrapHook(Clock.systemUTC(), event -> {})
              .install(shell, ProvisionConverge.STAGING_FOLDER, Specs.SOLO, spec.bootstrap());
      case CLEAN ->
          new GuestCleaning(Clock.systemUTC(), event -> {}).run(shell, Duration.ofMinutes(2));
    }
    shell.close();
  }

  private void note(BuildEvent event) {
    if (event instanceof BuildEvent.GuestOutput output) {
      lines.add(output.line());
    }
  }

  private static void prepare(PodmanGuest in, Step step) {
    in.root("rm -rf /root/.wcs-ami* /root/starts");
    if (step == Step.INSTALL) {
      in.root("dpkg --purge cinc > /dev/null 2>&1; rm -rf /opt/cinc");
      return;
    }
    in.program(
        Specs.SOLO,
        "#!/bin/sh\n[ \"$1\" != --version ] || { echo 'Cinc Client: 18.7.10'; exit; }\n"
            + "echo start >> /root/starts\n"
            + ("for i in $(seq 1 " + LINES + "); do echo \"line $i\"; sleep 0.02; done\n"));
    if (step == Step.HOOK) {
      in.root(
          "mkdir -p -m 0700 /root/.wcs-ami/bootstrap/cookbooks; cd /root/.wcs-ami/bootstrap;"
              + " echo > solo.rb; echo '{}' > node.json");
    }
  }

  private String problem(Case one, @Nullable BuildException failure, PodmanGuest in) {
    if (failure != null) {
      boolean unknown =
          one.step() == Step.CLEAN && String.valueOf(failure.getMessage()).contains("build again");
      return unknown && failure.category() == BuildException.Category.ACCESS ? "" : "it failed";
    }
    String left = in.root("ls -d /root/.wcs-ami-new.* /root/.wcs-ami/*.?????? 2>/dev/null || true");
    if (!left.isEmpty()) {
      return "left in the guest: " + left;
    }
    if (one.step() == Step.UPLOAD || one.step() == Step.CONVERGE) {
      List<String> all = IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList();
      return !lines.equals(all)
          ? "lines lost or doubled: " + lines
          : in.root("cat /root/starts").equals("start") ? "" : "chef-solo was started twice";
    }
    return "";
  }

  private static RemoteShell connect(FaultProxy proxy) {
    return new MinaConnector(Clock.systemUTC(), Sleeper.real(), QUICK)
        .connect(
            new SshTarget("127.0.0.1", proxy.port(), "admin", HOST.getPublic()),
            new SshIdentity.PrivateKey(SshKeys.privateKeyFile(USER)),
            Duration.ofSeconds(60),
            line -> {});
  }

  private static byte[] userData() {
    ObjectNode config = new JsonMapper().createObjectNode();
    config.put("ssh_deletekeys", true);
    config
        .putObject("ssh_keys")
        .put("ed25519_private", SshKeys.privateKeyFile(HOST).revealUtf8())
        .put("ed25519_public", SshKeys.publicKeyLine(HOST));
    config.putArray("ssh_authorized_keys").add(SshKeys.publicKeyLine(USER));
    return ("#cloud-config\n" + config + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Path debianPackage() throws Exception {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("DEBIAN"));
    Files.writeString(
        root.resolve("DEBIAN/control"),
        """
        Package: cinc
        Version: 18.7.10-1
        Architecture: all
        Maintainer: t <t@example.org>
        Description: a package
        """);
    Path solo = root.resolve("opt/cinc/bin/chef-solo");
    Files.createDirectories(solo.getParent());
    Files.writeString(solo, "#!/bin/sh\necho 'Cinc Client: 18.7.10'\n");
    assertThat(solo.toFile().setExecutable(true)).isTrue();
    byte[] bulk = new byte[1 << 20];
    new Random(6).nextBytes(bulk);
    Files.write(root.resolve("opt/cinc/bulk"), bulk);
    Path file = folder.resolve("cinc.deb");
    int code =
        new ProcessBuilder(
                "dpkg-deb", "--build", "--root-owner-group", root.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(code).isZero();
    return file;
  }
}
