package io.wizzie.wcs.ami.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wizzie.wcs.ami.event.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultStreamTest {
  private static final String IMAGE = "ami-0123456789abcdef0";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final SecretMask mask = new SecretMask();
  private final ResultStream result =
      new ResultStream(new PrintStream(out, true, StandardCharsets.UTF_8), mask);

  @Test
  void noSecretChangesTheImagesId() {
    mask.add(IMAGE);
    mask.add("x9-" + IMAGE);

    assertThat(result.value(IMAGE)).isTrue();
    result.json(JsonNodeFactory.instance.objectNode().put("imageId", IMAGE));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith(IMAGE + "\n")
        .contains("\"imageId\" : \"" + IMAGE + "\"");
  }

  @Test
  void tablesShowNoSecret() {
    mask.add("9fJ2k_x8Q1-zT6");

    result.line("FOUND  9fJ2k_x8Q1-zT6");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("FOUND  (secret)\n");
  }
}
