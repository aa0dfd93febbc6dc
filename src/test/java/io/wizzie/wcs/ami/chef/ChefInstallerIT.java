package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.guest.PodmanGuest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installation in a real guest: a real package, served by the guest to itself. */
class ChefInstallerIT {
  private static final String SERVER = "http://127.0.0.1:8099";
  private static final String FALLBACK = "/opt/other/bin/chef-solo";

  @TempDir static Path folder;
  private static PodmanGuest guest;
  private static Path chefPackage;
  private static String sha256;

  @BeforeAll
  static void bootAndServe() throws Exception {
    guest = PodmanGuest.boot("i-install", new byte[0]);
    chefPackage = debianPackage();
    sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(chefPackage)));
    guest.copyIn(chefPackage, "/srv/cinc.deb");
    guest.root(
        "cd /srv && (nohup python3 -m http.server 8099 --bind 127.0.0.1 > /dev/null 2>&1 &)"
            + " && for i in $(seq 50); do curl -fs "
            + SERVER
            + "/ > /dev/null && break; sleep 0.1; done");
    guest.program(FALLBACK, "#!/bin/sh\necho 'Chef stand-in: 18.0.0 (not Chef)'\n");
  }

  @AfterAll
  static void remove() {
    if (guest != null) {
      guest.close();
    }
  }

  @BeforeEach
  void uninstall() {
    guest.root("dpkg --purge cinc > /dev/null 2>&1; rm -rf /root/.wcs-ami");
  }

  @Test
  void installsADownloadedPackageAndLeavesNoneBehind() {
    InstalledChef chef = install(url("/cinc.deb", sha256), FALLBACK);

    assertThat(chef).isEqualTo(new InstalledChef("Cinc Client", "18.7.10", Specs.SOLO, false));
    assertThat(guest.root("ls /root/.wcs-ami")).isEmpty();
  }

  @Test
  void installsAnUploadedPackage() {
    assertThat(install(new ChefSpec.ChefPackage(null, chefPackage, sha256), null).version())
        .isEqualTo("18.7.10");
  }

  @Test
  void refusesAPackageOfAnotherSha256() {
    assertThatThrownBy(() -> install(url("/cinc.deb", "0".repeat(64)), FALLBACK))
        .hasMessageContaining(sha256);
    assertThat(guest.root("ls /root/.wcs-ami; dpkg -l cinc 2>&1 | grep -c ^ii || true"))
        .isEqualTo("0");
  }

  @Test
  void fallsBackWhenTheNameOrTheServerCantBeReachedButNotOnAnError() {
    ChefSpec.ChefPackage nameless =
        new ChefSpec.ChefPackage(URI.create("http://cinc.invalid/cinc.deb"), null, sha256);
    ChefSpec.ChefPackage refused =
        new ChefSpec.ChefPackage(URI.create("http://127.0.0.1:1/cinc.deb"), null, sha256);

    assertThat(install(nameless, FALLBACK).standIn()).isTrue();
    assertThat(install(refused, FALLBACK).standIn()).isTrue();
    assertThatThrownBy(() -> install(url("/gone.deb", sha256), FALLBACK))
        .hasMessageContaining("404");
  }

  @Test
  void waitsForDpkgsLockAsLongAsIsConfigured() {
    guest.holdAptsLock();
    try {
      assertThatThrownBy(() -> install(url("/cinc.deb", sha256), null, Duration.ofSeconds(7)))
          .hasMessageContaining("Installing Chef's package failed")
          .hasMessageContaining("locked by another process")
          .hasMessageContaining("did not become free within timeouts.chefInstall");
    } finally {
      guest.root("touch /run/release");
    }
  }

  @Test
  void givesUpOnAServerThatTrickles() {
    guest.program(
        "/root/trickle",
        """
        #!/usr/bin/python3
        import socket, time
        server = socket.create_server(("127.0.0.1", 8098))
        open("/run/trickling", "w")
        client, _ = server.accept()
        client.sendall(b"HTTP/1.0 200 OK\\r\\nContent-Length: 9000000\\r\\n\\r\\n")
        while True:
            client.sendall(b"x")
            time.sleep(0.1)
        """);
    guest.root(
        "nohup /root/trickle > /dev/null 2>&1 & until [ -e /run/trickling ]; do sleep 0.1; done");
    ChefSpec.ChefPackage trickling =
        new ChefSpec.ChefPackage(URI.create("http://127.0.0.1:8098/cinc.deb"), null, sha256);

    assertThatThrownBy(() -> install(trickling, null, Duration.ofSeconds(5)))
        .hasMessageContaining(
            "http://127.0.0.1:8098/cinc.deb within timeouts.chefInstall (5 s): curl: (28)");
  }

  private static InstalledChef install(
      ChefSpec.ChefPackage chefPackage, @Nullable String fallback) {
    return install(chefPackage, fallback, Duration.ofMinutes(5));
  }

  private static InstalledChef install(
      ChefSpec.ChefPackage chefPackage, @Nullable String fallback, Duration timeout) {
    return new ChefInstaller(Clock.systemUTC(), event -> {}, timeout)
        .install(
            guest.shell(),
            Specs.chef("{version: '18.7.10', logLevel: 'auto'}", chefPackage, fallback));
  }

  private static ChefSpec.ChefPackage url(String path, String sha256) {
    return new ChefSpec.ChefPackage(URI.create(SERVER + path), null, sha256);
  }

  private static Path debianPackage() throws IOException, InterruptedException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("DEBIAN"));
    Files.writeString(
        root.resolve("DEBIAN/control"),
        """
        Package: cinc
        Version: 18.7.10-1
        Architecture: all
        Maintainer: test <t@example.org>
        Description: a package
        """);
    Path solo = root.resolve("opt/cinc/bin/chef-solo");
    Files.createDirectories(root.resolve("opt/cinc/bin"));
    Files.writeString(solo, "#!/bin/sh\necho 'Cinc Client: 18.7.10'\n");
    assertThat(solo.toFile().setExecutable(true)).isTrue();
    Path file = folder.resolve("cinc.deb");
    new ProcessBuilder(
            "dpkg-deb", "--build", "--root-owner-group", root.toString(), file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return file;
  }
}
