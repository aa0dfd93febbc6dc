package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoloOutputTest {
  private final SoloOutput output = new SoloOutput();

  @Test
  void countsTheResourcesOfTheLastRunOfChefAndCinc() {
    read("Chef Infra Client finished, 9/9 resources updated in 1 seconds");
    read("Infra Phase complete, 2/31 resources updated in 04 minutes 12 seconds");

    assertThat(output.updatedResources()).isEqualTo(2);
    assertThat(output.totalResources()).isEqualTo(31);
    assertThat(output.error()).isEmpty();
  }

  @Test
  void saysNothingOfCountsThatWereNotPrinted() {
    read("Infra Phase failed. 4 resources updated in 02 seconds");

    assertThat(output.updatedResources()).isEqualTo(-1);
  }

  @Test
  void describesTheInnermostOfNestedErrors() {
    read(
        """
          * wcs_stack[wcs] action install
            ================================================================================
            Error executing action `run` on resource 'execute[pull]'
            ================================================================================

            Mixlib::ShellOut::ShellCommandFailed
            ------------------------------------
            Expected process to exit with [0], but received '1'
            ---- Begin output of pull ----
            STDERR: no route

            Resource Declaration:
            ---------------------
            # In recipes/default.rb

        ================================================================================
        Error executing action `install` on resource 'wcs_stack[wcs]'
        ================================================================================
        """);

    assertThat(output.error())
        .contains(
            "Error executing action `run` on resource 'execute[pull]':"
                + " Mixlib::ShellOut::ShellCommandFailed: Expected process to exit with [0], but"
                + " received '1' ---- Begin output of pull ---- STDERR: no route");
  }

  @Test
  void describesErrorsThatAreNoResources() {
    read(
        """
        ================================================================================
        Recipe Compile Error in /root/.wcs-ami/chef/cache/cookbooks/one/recipes/default.rb
        ================================================================================

        NameError
        ---------
        undefined local variable or method `x'

        """);

    assertThat(output.error())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("Recipe Compile Error in ")
                    .endsWith("NameError: undefined local variable or method `x'"));
  }

  @Test
  void takesNoRuleOfAProgramsOutputForAnError() {
    read("=".repeat(80));
    read("All tests passed");
    read("done");

    assertThat(output.error()).isEmpty();
  }

  @Test
  void keepsTheLastLines() {
    for (int i = 1; i <= 100; i++) {
      read("line " + i);
    }

    assertThat(output.tail().lines()).hasSize(40).last().isEqualTo("line 100");
  }

  private void read(String text) {
    text.lines().forEach(output::accept);
  }
}
