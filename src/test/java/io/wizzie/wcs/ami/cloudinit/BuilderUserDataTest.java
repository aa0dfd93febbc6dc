package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderUserDataTest {
  private static final String PRIVATE =
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";

  @TempDir Path folder;

  @Test
  void handsOverTheHostKeyAndArmsTheSelfTermination() {
    String text = render(null);

    assertThat(text)
        .startsWith(
            "Content-Type: multipart/mixed; boundary=\"==wcs-ami==\"\nMIME-Version: 1.0\n\n")
        .contains("\"ssh_deletekeys\":true")
        .contains(
            "\"ed25519_private\":\"-----BEGIN OPENSSH PRIVATE KEY-----\\nAAAA\\n-----END OPENSSH"
                + " PRIVATE KEY-----\\n\"")
        .contains("\"ed25519_public\":\"ssh-ed25519 AAAA\"")
        .contains("\"manage_etc_hosts\":\"localhost\"")
        .contains("lifetime=7200\n")
        .doesNotContain("@LIFETIME")
        .endsWith("\n--==wcs-ami==--\n");
  }

  @Test
  void putsTheHostKeyAfterTheUsersPartSoThatItCounts() throws IOException {
    String text = render(userData("#cloud-config\nssh_deletekeys: false\n"));

    assertThat(text.indexOf("ssh_deletekeys: false"))
        .isPositive()
        .isLessThan(text.indexOf("\"ssh_deletekeys\":true"));
    assertThat(text).contains("filename=\"50-user_data.txt\"");
  }

  @Test
  void refusesYamlThatCloudInitCouldNotRead() throws IOException {
    Path broken = userData("#cloud-config\nruncmd: [a\nb: c\n");

    assertThatThrownBy(() -> render(broken))
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> assertThat(e.category()).isEqualTo(BuildException.Category.CONFIGURATION))
        .hasMessageStartingWith("builder.userDataFile: " + broken + ", line 3: ");
  }

  @Test
  void encodesWhatIsNotAscii() throws IOException {
    String script = "#!/bin/sh\necho grüße\n";

    assertThat(render(userData(script)))
        .contains("Content-Type: text/x-shellscript; charset=\"utf-8\"")
        .contains(
            Base64.getMimeEncoder(76, new byte[] {'\n'})
                .encodeToString(script.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void takesAMultiPartFileAsItStandsAndAnotherBoundary() throws IOException {
    String multiPart =
        """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="==wcs-ami=="

        --==wcs-ami==
        Content-Type: text/cloud-config

        packages: [jq]
        --==wcs-ami==--
        """;

    String text = render(userData(multiPart));

    assertThat(text)
        .startsWith("Content-Type: multipart/mixed; boundary=\"==wcs-ami===\"\n")
        .contains("\n--==wcs-ami===\n" + multiPart + "--==wcs-ami===\n");
  }

  @Test
  void unpacksACompressedFile() throws IOException {
    Path file = folder.resolve("user.gz");
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write("#cloud-config\npackages: [jq]\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(render(file)).contains("packages: [jq]");
  }

  @Test
  void refusesWhatCloudInitWouldIgnore() throws IOException {
    Path file = userData("packages: [jq]\n");

    assertThatThrownBy(() -> render(file))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("#cloud-config");
    assertThatThrownBy(() -> render(folder.resolve("gone"))).hasMessageContaining("can't be read");
  }

  @Test
  void compressesWhatIsTooLargeAndRefusesWhatStaysTooLarge() throws IOException {
    Path compressible = userData("#cloud-config\n" + "# comment\n".repeat(3000));

    byte[] data =
        BuilderUserData.render(Builders.withUserData(compressible), PRIVATE, "ssh-ed25519 AAAA");

    assertThat(data).hasSizeLessThanOrEqualTo(BuilderUserData.MAX_BYTES);
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(data))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("Content-Type: multipart/mixed");
    }

    ByteArrayOutputStream noise = new ByteArrayOutputStream();
    noise.write("#cloud-config\n# ".getBytes(StandardCharsets.UTF_8));
    byte[] random = new byte[20_000];
    new Random(1).nextBytes(random);
    noise.write(Base64.getEncoder().encode(random));
    Path large = folder.resolve("large");
    Files.write(large, noise.toByteArray());
    assertThatThrownBy(() -> render(large)).hasMessageContaining("EC2 takes 16384");
  }

  private Path userData(String text) throws IOException {
    return Files.writeString(folder.resolve("user data.txt"), text);
  }

  private static String render(@Nullable Path userDataFile) {
    return new String(
        BuilderUserData.render(Builders.withUserData(userDataFile), PRIVATE, "ssh-ed25519 AAAA"),
        StandardCharsets.UTF_8);
  }
}
