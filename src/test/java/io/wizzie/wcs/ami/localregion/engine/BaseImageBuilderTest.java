package io.wizzie.wcs.ami.localregion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.localregion.engine.ContainerRuntime.Kind;
import io.wizzie.wcs.ami.localregion.model.BaseImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseImageBuilderTest {
  private static final OsRelease DEBIAN =
      new OsRelease("debian", "12", "bookworm", "Debian GNU/Linux 12 (bookworm)");
  private static final OsRelease FEDORA = new OsRelease("fedora", "42", null, "Fedora Linux 42");
  private static final List<String> SOURCES = List.of("deb http://mirror.example bookworm main");

  private final FakeCommandRunner runner = new FakeCommandRunner();
  private final List<String> progress = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void nothingIsMadeYet() {
    runner
        .fails("image inspect", "Error: no such image")
        .prints("cat /etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
        .prints(
            "apt-config shell", "http='http://proxy.example:3142'\nhttps='http://proxy.example'\n");
  }

  @Test
  void isMadeFromTheHostsMirrorAndOneLayer() {
    BaseImage image = builder(DEBIAN, SOURCES, null, true).ensure(false, progress::add);

    assertThat(runner.only("mmdebstrap"))
        .startsWith("mmdebstrap", "--variant=minbase", "--format=tar")
        .contains("--keyring=/usr/share/keyrings/debian-archive-keyring.gpg")
        .contains("--aptopt=Acquire::http::Proxy \"http://proxy.example:3142\"")
        .anyMatch(word -> word.startsWith("--include=") && word.contains(",cloud-init,"))
        .endsWith(
            "bookworm",
            folder.resolve("base-image/system.tar").toString(),
            "deb http://mirror.example bookworm main");
    String system = runner.only("podman import").get(3);
    assertThat(system).matches("localhost/wcs-ami/system:[0-9a-f]{16}");
    assertThat(runner.only("podman build"))
        .contains("--no-cache", "--pull=never")
        .containsSequence("--build-arg", "SYSTEM=" + system)
        .containsSequence("--build-arg", "LOGIN_USER=admin")
        .containsSequence("--label", "io.wizzie.wcs-ami.distribution=debian-12")
        .containsSequence("--tag", image.imageRef());
    assertThat(image.imageRef()).matches("localhost/wcs-ami/base:[0-9a-f]{16}");
    assertThat(image.name()).isEqualTo("wcs-ami-local/debian-12-amd64-20260301");
    assertThat(image.sizeBytes()).isEqualTo(400);
    assertThat(progress).isNotEmpty();
    assertThat(folder.resolve("base-image")).doesNotExist();
  }

  @Test
  void isMadeOnlyOnce() {
    runner.prints("image inspect", inspected());

    builder(DEBIAN, SOURCES, null, false).ensure(false, progress::add);

    assertThat(runner.lines()).noneMatch(line -> line.contains("mmdebstrap"));
    assertThat(progress).isEmpty();
  }

  @Test
  void aRebuildReplacesBothImages() {
    runner.prints("image inspect", inspected());

    builder(DEBIAN, SOURCES, null, false).ensure(true, progress::add);

    assertThat(runner.only("mmdebstrap")).isNotEmpty();
    assertThat(runner.lines().stream().filter(line -> line.contains("podman rmi"))).hasSize(2);
  }

  @Test
  void anotherMirrorMakesAnotherImage() {
    BaseImage one = builder(DEBIAN, SOURCES, null, true).ensure(false, progress::add);
    nothingIsMadeYet();
    BaseImage two =
        builder(DEBIAN, List.of("deb http://b.example bookworm main"), null, true)
            .ensure(false, progress::add);

    assertThat(one.imageRef()).isNotEqualTo(two.imageRef());
  }

  @Test
  void otherSystemsTakeDebianFromARegistry() {
    builder(FEDORA, List.of(), null, true).ensure(false, progress::add);

    assertThat(runner.only("podman pull")).endsWith("docker.io/library/debian:12");
    assertThat(runner.only("podman build"))
        .containsSequence("--build-arg", "SYSTEM=docker.io/library/debian:12");
    assertThat(runner.lines()).noneMatch(line -> line.contains("mmdebstrap"));
  }

  @Test
  void anImageOfTheUsersOwnGetsTheSameLayer() {
    runner.prints("image inspect example/own:1", inspected());

    builder(DEBIAN, SOURCES, "example/own:1", true).ensure(false, progress::add);

    assertThat(runner.only("podman build")).containsSequence("--build-arg", "SYSTEM=example/own:1");
    assertThat(runner.lines()).noneMatch(line -> line.matches(".*(mmdebstrap|podman pull|rmi).*"));
  }

  @Test
  void namesThePackageThatIsMissing() {
    runner.isMissing("mmdebstrap");

    assertThatThrownBy(() -> builder(DEBIAN, SOURCES, null, false).ensure(false, progress::add))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("apt-get install mmdebstrap");
    assertThat(folder.resolve("base-image")).doesNotExist();
  }

  @Test
  void saysWhatTheMirrorSaid() {
    runner.fails("mmdebstrap", "I: running\nE: apt-get update failed\nI: cleaning up\n");

    assertThatThrownBy(() -> builder(DEBIAN, SOURCES, null, false).ensure(false, progress::add))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("apt-get update failed");
  }

  @Test
  void saysWhatAnImageOfTheUsersOwnLacks() {
    runner
        .prints("image inspect example/own:1", inspected())
        .fails("podman build", "prepare: the image has no sudo, and no apt-get\nError: building\n");

    assertThatThrownBy(
            () -> builder(DEBIAN, SOURCES, "example/own:1", false).ensure(false, progress::add))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("the image has no sudo");
  }

  @Test
  void saysThatAnImageCannotBeDownloaded() {
    runner.fails("podman pull", "Error: pinging container registry: no route to host");

    assertThatThrownBy(() -> builder(FEDORA, List.of(), null, false).ensure(false, progress::add))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("no route to host")
        .hasMessageContaining("base image");
  }

  /** With {@code builds}, the image is there after it was built. */
  private BaseImageBuilder builder(
      OsRelease release, List<String> sources, @Nullable String userImage, boolean builds) {
    ContainerRuntime runtime =
        new ContainerRuntime(Kind.PODMAN, List.of("podman"), false, List.of());
    CommandRunner building =
        new CommandRunner() {
          @Override
          public Outcome run(List<String> command, Duration timeout, Consumer<String> progress) {
            Outcome outcome = runner.run(command, timeout, progress);
            if (builds && command.contains("build")) {
              runner.prints("image inspect localhost/wcs-ami/base", inspected());
            }
            return outcome;
          }
        };
    return new BaseImageBuilder(
        new RuntimeCalls(building, runtime),
        building,
        new HostSystem(release, sources),
        folder,
        userImage);
  }

  private static String inspected() {
    return """
        [{"Id": "sha256:1", "Created": "2026-03-01T10:00:00.5Z", "Size": 400,
          "Architecture": "amd64",
          "Config": {"Labels": {"io.wizzie.wcs-ami.distribution": "debian-12"}}}]
        """;
  }
}
