package io.wizzie.wcs.ami.audit;

import io.wizzie.wcs.ami.config.CheckIds;
import java.util.Arrays;
import java.util.List;

/** The IDs of {@link Check}, for the configuration's waivers. */
public final class AuditCheckIds implements CheckIds {
  @Override
  public List<String> all() {
    return Arrays.stream(Check.values()).map(Check::id).toList();
  }
}
