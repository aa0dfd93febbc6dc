package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDataSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "#cloud-config\npackages: [git]\n",
        "#cloud-config\n",
        "#cloud-config\n{\"packages\": [\"git\"]}\n",
        "#cloud-config\na: 1\na: 2\n",
        "## template: jinja\n#cloud-config\n{% if x %}\na: [\n",
        "#!/bin/sh\n: [\n",
        "#cloud-config-jsonp\n[{\"op\": \"add\"}]\n",
        "#cloud-config-archive\n- '#!/bin/sh'\n- {type: text/cloud-config, content: 'a: 1'}\n"
      })
  void takesWhatCloudInitTakes(String text) {
    assertThat(UserDataSyntax.problem(text)).isNull();
  }

  @Test
  void namesTheLineThatIsNoYaml() {
    assertThat(UserDataSyntax.problem("#cloud-config\npackages: [a\nruncmd: b\n"))
        .startsWith("line 3: ");
    assertThat(UserDataSyntax.problem("#cloud-config\n\truncmd: b\n"))
        .startsWith("line 2: found character '\\t(TAB)' that cannot start any token");
    assertThat(UserDataSyntax.problem("#cloud-config\na: !ruby/object {}\n"))
        .startsWith("line 2: ");
  }

  @Test
  void saysThatItIsNoObject() {
    assertThat(UserDataSyntax.problem("#cloud-config\npackages git\n"))
        .isEqualTo("line 1: what follows is not an object of keys and values");
    assertThat(UserDataSyntax.problem("#cloud-config-archive\na: 1\n"))
        .isEqualTo("line 1: what follows is not a list");
  }

  @Test
  void looksIntoAnArchive() {
    assertThat(
            UserDataSyntax.problem(
                "#cloud-config-archive\n- '#!/bin/sh'\n- content: \"#cloud-config\\na: [\"\n"))
        .startsWith("entry 2 of the archive, line ");
  }

  @Test
  void looksIntoThePartsOfAMessage() {
    String message =
        """
        Content-Type: multipart/mixed;
         boundary="b"
        MIME-Version: 1.0

        --b
        Content-Type: text/x-shellscript

        : [
        --b
        Content-Type: text/cloud-config

        a: 1
        b: [
        --b
        Content-Type: text/cloud-config
        Content-Transfer-Encoding: base64

        %s
        --b--
        """;
    String encoded =
        Base64.getEncoder().encodeToString("a: 1\nb: ]\n".getBytes(StandardCharsets.UTF_8));

    assertThat(UserDataSyntax.problemOfMessage(message.formatted(encoded)))
        .startsWith("part 2, line 1");
    assertThat(UserDataSyntax.problemOfMessage(message.formatted(encoded).replace("b: [", "b: 1")))
        .startsWith("part 3, line 2: ");
    assertThat(
            UserDataSyntax.problemOfMessage(message.formatted("YTogMQo=").replace("b: [", "b: 1")))
        .isNull();
  }

  @Test
  void looksIntoAMessageThatIsNoMultipart() {
    assertThat(UserDataSyntax.problemOfMessage("Content-Type: text/cloud-config\n\na: 1\nb: [\n"))
        .startsWith("line 5: ");
  }
}
