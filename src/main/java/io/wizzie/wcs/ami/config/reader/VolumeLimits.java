package io.wizzie.wcs.ami.config.reader;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What EBS allows of size, IOPS and throughput together, per volume type.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html">EBS volume
 *     types</a>
 */
record VolumeLimits(MergedConfig spec, CrossFieldProblems problems) {
  private static final String SIZE = "builder.rootVolume.volumeSize";
  private static final String TYPE = "builder.rootVolume.volumeType";
  private static final String IOPS = "builder.rootVolume.iops";
  private static final String THROUGHPUT = "builder.rootVolume.throughput";

  /** gp3's own, which even a volume too small for them by {@code iopsPerGib} has. */
  private static final int GP3_BASE_IOPS = 3_000;

  private static final int GP3_IOPS_PER_MIBPS = 4;

  /**
   * @param minimumIops 0 when IOPS can't be chosen
   */
  private record Limits(
      int minimumGib, int maximumGib, int minimumIops, int maximumIops, int iopsPerGib) {}

  private static final Map<String, Limits> BY_TYPE =
      Map.of(
          "gp3", new Limits(1, 65_536, GP3_BASE_IOPS, 80_000, 500),
          "gp2", new Limits(1, 16_384, 0, 0, 0),
          "io1", new Limits(4, 16_384, 100, 64_000, 50),
          "io2", new Limits(4, 65_536, 100, 256_000, 1_000),
          "standard", new Limits(1, 1_024, 0, 0, 0));

  void check() {
    String type = spec.text(TYPE);
    Limits limits = type == null ? null : BY_TYPE.get(type);
    if (type == null || limits == null) {
      return;
    }
    Integer size = spec.whole(SIZE);
    if (size != null && (size < limits.minimumGib() || size > limits.maximumGib())) {
      problems.value(
          SIZE,
          "GiB is no size of %s; write %s to %s."
              .formatted(type, limits.minimumGib(), limits.maximumGib()));
    }
    iops(type, limits, size, spec.whole(IOPS));
    throughput(type, spec.whole(THROUGHPUT));
  }

  private void iops(String type, Limits limits, @Nullable Integer size, @Nullable Integer iops) {
    boolean choosable = limits.minimumIops() > 0;
    if (iops == null) {
      if (limits.minimumIops() > 0 && !type.equals("gp3") && !spec.isGiven(IOPS)) {
        problems.value(TYPE, "has no IOPS of its own; set " + IOPS + ", or take gp3.");
      }
    } else if (!choosable) {
      problems.value(IOPS, "can't be chosen for " + type + "; remove it, or take gp3.");
    } else if (iops < limits.minimumIops() || iops > limits.maximumIops()) {
      problems.value(
          IOPS,
          "is more or less than %s has; write %s to %s."
              .formatted(type, limits.minimumIops(), limits.maximumIops()));
    } else if (size != null && iops > most(limits, size)) {
      problems.value(
          IOPS,
          "is too much for %s GiB of %s; write at most %s, or enlarge the volume."
              .formatted(size, type, most(limits, size)));
    }
  }

  private static long most(Limits limits, int size) {
    return Math.max(limits.minimumIops(), (long) limits.iopsPerGib() * size);
  }

  private void throughput(String type, @Nullable Integer throughput) {
    if (throughput == null) {
      return;
    }
    if (!type.equals("gp3")) {
      problems.value(THROUGHPUT, "can't be chosen for " + type + "; remove it, or take gp3.");
      return;
    }
    Integer given = spec.whole(IOPS);
    long most = (given == null ? GP3_BASE_IOPS : given) / GP3_IOPS_PER_MIBPS;
    if (throughput > most) {
      problems.value(
          THROUGHPUT,
          "MiB/s needs %s IOPS; set %s to that, or write at most %s."
              .formatted((long) throughput * GP3_IOPS_PER_MIBPS, IOPS, most));
    }
  }
}
