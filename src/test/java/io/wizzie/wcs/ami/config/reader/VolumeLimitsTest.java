package io.wizzie.wcs.ami.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.SpecFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeLimitsTest {
  private static final String VOLUME = "builder.rootVolume.";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "gp3, 1, 3000, 125",
    "gp3, 30, null, null",
    "gp3, 160, 80000, 2000",
    "gp3, 30, 15000, 2000",
    "gp3, 65536, 4000, 1000",
    "gp2, 16384, null, null",
    "io1, 4, 100, null",
    "io1, 1280, 64000, null",
    "io2, 256, 256000, null",
    "standard, 1024, null, null",
  })
  void takesWhatEbsTakes(String type, String size, String iops, String throughput) {
    assertThat(problems(type, size, iops, throughput)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gp2|16385|null|null|volumeSize: 16385 GiB is no size of gp2; write 1 to 16384.",
        "io1|3|100|null|volumeSize: 3 GiB is no size of io1; write 4 to 16384.",
        "standard|1025|null|null|volumeSize: 1025 GiB is no size of standard; write 1 to 1024.",
        "gp3|30|2999|null|iops: 2999 is more or less than gp3 has; write 3000 to 80000.",
        "gp3|30|15001|null|iops: 15001 is too much for 30 GiB of gp3; write at most 15000, or"
            + " enlarge the volume.",
        "io1|10|501|null|iops: 501 is too much for 10 GiB of io1; write at most 500, or enlarge the"
            + " volume.",
        "io1|2000|64001|null|iops: 64001 is more or less than io1 has; write 100 to 64000.",
        "gp2|30|3000|null|iops: 3000 can't be chosen for gp2; remove it, or take gp3.",
        "io2|30|null|null|volumeType: \"io2\" has no IOPS of its own; set"
            + " builder.rootVolume.iops, or take gp3.",
        "gp3|30|null|751|throughput: 751 MiB/s needs 3004 IOPS; set builder.rootVolume.iops to that,"
            + " or write at most 750.",
        "gp3|30|4000|1001|throughput: 1001 MiB/s needs 4004 IOPS; set builder.rootVolume.iops to"
            + " that, or write at most 1000.",
        "io1|30|1000|200|throughput: 200 can't be chosen for io1; remove it, or take gp3.",
      })
  void saysWhatEbsWouldRefuse(
      String type, String size, String iops, String throughput, String problem) {
    assertThat(problems(type, size, iops, throughput))
        .isEqualTo("--set " + VOLUME + problem + "\n");
  }

  private String problems(String type, String size, String iops, String throughput) {
    return SpecFiles.in(folder)
        .file("a.json", SpecFiles.LEAST)
        .set(VOLUME + "volumeType=" + type, VOLUME + "volumeSize=" + size)
        .set(VOLUME + "iops=" + iops, VOLUME + "throughput=" + throughput)
        .problems();
  }
}
