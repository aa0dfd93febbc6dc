package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StageTest {
  @Test
  void theTableInTheArchitectureIsMadeOfTheStages() {
    String rows =
        Stage.ofBuild().stream()
            .map(stage -> "| " + stage.id() + " | " + stage.does() + " |\n")
            .collect(Collectors.joining());

    assertThat(Path.of("src/docs/architecture.md"))
        .content()
        .as("copy the rows into architecture.md")
        .contains("| stage | what it does |\n| --- | --- |\n" + rows + "\n");
  }

  @Test
  void noTwoStagesOfABuildHaveTheSameName() {
    assertThat(Stage.ofBuild()).extracting(Stage::id).doesNotHaveDuplicates();
  }
}
