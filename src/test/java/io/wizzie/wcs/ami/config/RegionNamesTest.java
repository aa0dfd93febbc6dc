package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class RegionNamesTest {
  @TempDir Path folder;

  @Test
  void knowsTheRegionsOfTheSdk() {
    List<String> regions =
        Region.regions().stream()
            .map(Region::id)
            .filter(id -> !id.endsWith("-global"))
            .sorted()
            .toList();

    assertThat(RegionNames.KNOWN).isEqualTo(regions);
    assertThat(regions).allMatch(name -> RegionNames.problemWith(name) == null);
  }

  @Test
  void refusesWhatCanBeNoRegion() {
    assertThat(RegionNames.problemWith("mars"))
        .isEqualTo("is not a region; write an AWS region such as us-east-1, or local.");
    assertThat(RegionNames.problemWith("us-east1"))
        .isEqualTo("is not a region; did you mean \"us-east-1\"?");
    assertThat(RegionNames.problemWith("local")).isNull();
  }

  @Test
  void saysWhatIsDoubtfulButMayBeMeant() {
    SpecFiles files =
        SpecFiles.in(folder)
            .file("c.json", SpecFiles.LEAST)
            .file(
                "d.json",
                """
                {"builder": {"sourceCidrs": ["10.0.0.0/8", "0.0.0.0/0"]},
                 "regions": {"us-eats-1": {}, "us-west-2": {}}}
                """)
            .region("xy-new-9");

    assertThat(files.problems()).isEmpty();
    assertThat(files.examine().warnings().stream().map(Problem::toString))
        .map(text -> text.replace(folder + "/", ""))
        .containsExactly(
            "--region, AWS_REGION or profile: region: \"xy-new-9\" is no AWS region that this version knows; go on if AWS"
                + " has opened it since.",
            "d.json:1: builder.sourceCidrs[1]: \"0.0.0.0/0\" lets the whole internet try to log in"
                + " to the builder; name the addresses that you come from.",
            "d.json:2: regions.us-eats-1: \"us-eats-1\" is no AWS region that this version knows;"
                + " did you mean \"us-east-1\"?");
  }
}
