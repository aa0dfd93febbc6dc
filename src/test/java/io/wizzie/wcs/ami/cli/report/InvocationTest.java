package io.wizzie.wcs.ami.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {
  private static final Path FOLDER = Path.of("/home/me/wcs");

  @Test
  void namesTheJarAsItWasFoundFromHere() {
    assertThat(Invocation.program("file:/home/me/wcs/target/wcs-ami.jar", FOLDER))
        .containsExactly("java", "-jar", "target/wcs-ami.jar");
    assertThat(Invocation.program("file:/opt/my%20tools/wcs-ami.jar", FOLDER))
        .containsExactly("java", "-jar", "/opt/my tools/wcs-ami.jar");
  }

  @Test
  void namesTheProgramWhereThereIsNoJar() {
    assertThat(Invocation.program("file:/home/me/wcs/target/classes/", FOLDER))
        .containsExactly("wcs-ami");
    assertThat(Invocation.program("", FOLDER)).containsExactly("wcs-ami");
    assertThat(Invocation.of(List.of("local", "env"), List.of("--state-dir", "/a b")))
        .isEqualTo("wcs-ami local env --state-dir '/a b'");
  }
}
