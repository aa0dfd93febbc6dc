package io.wizzie.wcs.ami.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.wizzie.wcs.ami.config.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentChecksTest {
  /** As letters beyond ASCII are where the locale is C; a file can't be named so in any locale. */
  private static final String IMPOSSIBLE = "roles\0";

  @Test
  void aFileNameThatTheLocaleCantHaveIsAProblemOfItsField() {
    Origin origin = Origin.option(0, "a.json");
    Value roles = new Value.Scalar(origin, TextNode.valueOf(IMPOSSIBLE));
    Value provision = new Value.Fields(origin, Map.of("rolesPath", roles));
    MergedConfig config =
        new MergedConfig(new Value.Fields(origin, Map.of("provision", provision)));
    Problems problems = new Problems();

    new ContentChecks(config, "wcs-1", problems, file -> {}).check();

    assertThat(problems.sorted())
        .extracting(Problem::toString)
        .containsExactly(
            "a.json: provision.rolesPath: \"roles\\u0000\" can't be a file's name in this locale;"
                + " set LC_ALL=C.UTF-8, or rename the file.");
  }
}
