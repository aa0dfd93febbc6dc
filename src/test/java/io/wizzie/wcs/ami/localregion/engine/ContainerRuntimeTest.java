package io.wizzie.wcs.ami.localregion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.localregion.engine.ContainerRuntime.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerRuntimeTest {
  private final FakeCommandRunner runner = new FakeCommandRunner();

  @Test
  void prefersPodmanWithRunc() {
    runner.prints("podman info", "v1 false\n");

    ContainerRuntime runtime = detect();

    assertThat(runtime.kind()).isEqualTo(Kind.PODMAN);
    assertThat(runtime.rootless()).isFalse();
    assertThat(runtime.command(List.of("ps"))).containsExactly("podman", "--runtime", "runc", "ps");
  }

  @Test
  void takesPodmansOwnRuntimeWhereThereIsNoRuncAndNoneIsNeeded() {
    runner.prints("podman info", "v2 true\n").isMissing("runc --version");

    ContainerRuntime runtime = detect();

    assertThat(runtime.command(List.of("ps"))).containsExactly("podman", "ps");
    assertThat(runtime.rootless()).isTrue();
  }

  @Test
  void namesRuncWhenTheControlGroupsNeedIt() {
    runner.prints("podman info", "v1 false\n").isMissing("runc --version");

    assertThatThrownBy(this::detect)
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("apt-get install runc");
  }

  @Test
  void takesDockerWherePodmanIsNotInstalled() {
    runner.isMissing("podman").prints("docker info", "28.2.2 [name=seccomp name=cgroupns]\n");

    ContainerRuntime runtime = detect();

    assertThat(runtime.kind()).isEqualTo(Kind.DOCKER);
    assertThat(runtime.rootless()).isFalse();
    assertThat(runtime.command(List.of("ps"))).containsExactly("docker", "ps");
  }

  @Test
  void namesThePackagesWhenNothingIsInstalled() {
    runner.isMissing("podman").isMissing("docker");

    assertThatThrownBy(this::detect)
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("apt-get install podman runc");
  }

  @Test
  void saysWhyAnInstalledPodmanDoesNotWork() {
    runner
        .fails("podman info", "Error: cannot open the store: permission denied")
        .fails("docker info", "Cannot connect to the Docker daemon");

    assertThatThrownBy(this::detect)
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("cannot open the store: permission denied");
  }

  private ContainerRuntime detect() {
    return ContainerRuntime.detect(runner, "");
  }
}
