package io.wizzie.wcs.ami.localregion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSystemTest {
  private static final String KEYS = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]";

  @TempDir Path root;

  @BeforeEach
  void isDebian() throws IOException {
    write(
        "etc/os-release",
        """
        PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
        VERSION_ID="12"
        VERSION_CODENAME=bookworm
        ID=debian
        """);
  }

  @Test
  void knowsTheDistribution() {
    OsRelease release = HostSystem.read(root).release();

    assertThat(release)
        .isEqualTo(new OsRelease("debian", "12", "bookworm", "Debian GNU/Linux 12 (bookworm)"));
    assertThat(HostSystem.read(root).sources()).isEmpty();
  }

  @Test
  void anUnknownSystemIsNoError() throws IOException {
    Files.delete(root.resolve("etc/os-release"));

    assertThat(HostSystem.read(root).release().id()).isEqualTo("linux");
  }

  @Test
  void takesTheDistributionsOwnArchivesFromStanzas() throws IOException {
    write(
        "etc/apt/sources.list.d/debian.sources",
        """
        # The mirror of this place.
        Types: deb deb-src
        URIs: http://mirror.example/debian
        Suites: bookworm bookworm-updates bookworm-backports
        Components: main contrib
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        Types: deb
        Enabled: no
        URIs: http://other.example/debian
        Suites: bookworm
        Components: main

        Types: deb
        URIs: https://others.example/debian
        Suites: bookworm
        Components: main
        Signed-By:
         -----BEGIN PGP PUBLIC KEY BLOCK-----
         .
         abc
        """);

    assertThat(HostSystem.read(root).sources())
        .containsExactly(
            "deb " + KEYS + " http://mirror.example/debian bookworm main contrib",
            "deb " + KEYS + " http://mirror.example/debian bookworm-updates main contrib");
  }

  @Test
  void takesTheDistributionsOwnArchivesFromLines() throws IOException {
    write(
        "etc/apt/sources.list",
        """
        deb cdrom:[Debian GNU/Linux 12]/ bookworm main
        deb http://mirror.example/debian bookworm main non-free-firmware # ours
        deb-src http://mirror.example/debian bookworm main
        #deb http://mirror.example/debian bookworm-updates main
        deb [arch=amd64] http://mirror.example/debian-security bookworm-security main
        deb http://mirror.example/debian bookworm main non-free-firmware
        """);
    write(
        "etc/apt/sources.list.d/others.list",
        """
        deb [signed-by=/etc/apt/keyrings/tool.gpg] https://tool.example/debian bookworm main
        deb [signed-by=/etc/apt/keyrings/docker.gpg] https://docker.example/debian bookworm stable
        deb https://node.example/node_20.x nodistro main
        """);
    write("etc/apt/sources.list.d/off.list.disabled", "deb http://x.example/debian bookworm main");

    assertThat(HostSystem.read(root).sources())
        .containsExactly(
            "deb " + KEYS + " http://mirror.example/debian bookworm main non-free-firmware",
            "deb " + KEYS + " http://mirror.example/debian-security bookworm-security main");
  }

  @Test
  void ubuntuHasItsOwnKeysAndUser() throws IOException {
    write(
        "etc/os-release",
        "ID=ubuntu\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble\nPRETTY_NAME='Ubuntu 24.04 LTS'\n");
    write(
        "etc/apt/sources.list.d/ubuntu.sources",
        """
        Types: deb
        URIs: http://mirror.example/ubuntu/
        Suites: noble noble-security
        Components: main universe
        Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
        """);
    HostSystem host = HostSystem.read(root);

    assertThat(host.release().prettyName()).isEqualTo("Ubuntu 24.04 LTS");
    assertThat(host.sources())
        .hasSize(2)
        .allMatch(
            line ->
                line.startsWith(
                    "deb [signed-by=/usr/share/keyrings/ubuntu-archive-keyring.gpg]"
                        + " http://mirror.example/ubuntu/ noble"));
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
