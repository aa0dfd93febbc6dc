package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.EffectiveValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidateCommandTest {
  private final CommandLineRun program = new CommandLineRun(Path.of("/work-folder"));

  @Test
  void saysWhatWasFoundValid() {
    assertThat(program.run("validate", "--region", "eu-west-1")).isZero();

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            "config/wcs-ami.json: valid for region eu-west-1; image wcs-{version}; provision"
                + " recipe[wcsprov], recipe[more]; bootstrap recipe[wcsbootstrap]\n");
  }

  @Test
  void needsNoRegionAndNoNetwork() {
    assertThat(program.run("validate", "--config", "mine.json")).isZero();

    assertThat(program.parts.calls)
        .containsExactly(
            "read [mine.json] [] for null", "ask the SDK for a region of profile null offline");
    assertThat(program.stderr()).startsWith("mine.json: valid without a region's overrides;");
  }

  @Test
  void appliesTheOverridesOfTheProfilesRegion() {
    program.parts.regionOfSdk = Optional.of("eu-west-3");

    assertThat(program.run("validate")).isZero();

    assertThat(program.parts.calls).endsWith("read [config/wcs-ami.json] [] for eu-west-3");
  }

  @Test
  void reportsEveryProblemAndExitsWith2() {
    program.parts.specProblems =
        List.of(new Problem("a.json:3", "builder", "is a list"), new Problem("b.json", "", "no"));

    assertThat(program.run("validate")).isEqualTo(2);

    assertThat(program.stdout()).isEmpty();
    assertThat(program.stderr())
        .isEqualTo(
            """
            a.json:3: builder: is a list
            b.json: no
            wcs-ami: 2 problems in the configuration.
            """);
  }

  @Test
  void reportsProblemsOfTheCookbooksWithThoseOfTheConfiguration() {
    program.parts.specProblems = List.of(new Problem("a.json:3", "builder", "is a list"));
    program.parts.cookbookProblems = List.of(new Problem("a.json:9", "provision.runList[0]", "no"));

    assertThat(program.run("validate")).isEqualTo(2);

    assertThat(program.stderr())
        .isEqualTo(
            """
            a.json:3: builder: is a list
            a.json:9: provision.runList[0]: no
            wcs-ami: 2 problems in the configuration.
            """);
  }

  @Test
  void warnsOfWhatIsDoubtful() {
    program.parts.specWarnings = List.of(new Problem("a.json:3", "builder", "is odd"));

    assertThat(program.run("validate", "-q")).isZero();

    assertThat(program.stderr()).isEqualTo("wcs-ami: warning: a.json:3: builder: is odd\n");
  }

  @Test
  void printsAnObjectWithOutputJson() {
    program.parts.cookbookProblems = List.of(new Problem("a.json:3", "builder", "is a list"));

    assertThat(program.run("validate", "--output", "json", "-q")).isEqualTo(2);
    assertThat(program.stdout())
        .isEqualTo(
            """
            {
              "exitCode" : 2,
              "valid" : false,
              "problems" : [
                {
                  "where" : "a.json:3",
                  "path" : "builder",
                  "message" : "is a list"
                }
              ]
            }
            """);

    program.out.reset();
    program.err.reset();
    program.parts.cookbookProblems = List.of();
    assertThat(program.run("validate", "--output", "json", "-q")).isZero();
    assertThat(program.stdout())
        .isEqualTo("{\n  \"exitCode\" : 0,\n  \"valid\" : true,\n  \"problems\" : [ ]\n}\n");
    assertThat(program.stderr()).isEmpty();
  }

  @Test
  void printsWhatHoldsAndWhereItIsFromWithoutSecrets() throws IOException {
    program.parts.effective =
        List.of(
            value("ssh.port", "22", "default", false),
            value("ssh.user", "'admin'", "a.json:3 (regions.local)", false),
            value("chef.package.url", "'https://example.com/a.deb?token=1'", "a.json:4", true),
            value("provision.attributes.db.password", "'x1'", "--set provision", true),
            value("provision.attributes.tokens.ci.live", "'x1'", "a.json:8", true),
            value("provision.attributes.db.name", "'wcs'", "a.json:9", true));

    assertThat(program.run("validate", "--effective", "-q")).isZero();
    assertThat(program.stdout())
        .isEqualTo(
            """
            ssh.port = 22  # default
            ssh.user = "admin"  # a.json:3 (regions.local)
            chef.package.url = "https://example.com/a.deb?(secret)"  # a.json:4
            provision.attributes.db.password = "(secret)"  # --set provision
            provision.attributes.tokens.ci.live = "(secret)"  # a.json:8
            provision.attributes.db.name = "wcs"  # a.json:9
            """);

    program.out.reset();
    assertThat(program.run("validate", "--effective", "--output", "json", "-q")).isZero();
    assertThat(new JsonMapper().readTree(program.stdout()).at("/effective/3"))
        .hasToString(
            "{\"path\":\"provision.attributes.db.password\",\"value\":\"(secret)\","
                + "\"from\":\"--set provision\"}");
  }

  private static EffectiveValue value(String path, String json, String from, boolean secret)
      throws IOException {
    return new EffectiveValue(
        path,
        List.of(path.split("\\.", -1)),
        new JsonMapper().readTree(json.replace('\'', '"')),
        from,
        secret);
  }
}
