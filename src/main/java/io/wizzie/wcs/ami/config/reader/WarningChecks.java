package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.RegionNames;
import java.util.List;
import java.util.Set;

/** Warns of values that may be meant, but are more often a mistake. */
record WarningChecks(MergedConfig spec, Problems problems) {
  private static final Set<String> EVERYBODY = Set.of("0.0.0.0/0", "::/0");
  private static final String CIDRS = "builder.sourceCidrs";

  void check(List<ConfigFile> files, List<Setting> settings) {
    if (spec.value("region") instanceof Value.Scalar region) {
      region(region.node().textValue(), "region", region.origin());
    }
    for (ConfigFile file : files) {
      file.regions().forEach((name, value) -> overrides(name, value.origin()));
    }
    for (Setting setting : settings) {
      if (setting.isForRegions() && setting.steps().size() > 1) {
        overrides(setting.steps().get(1), setting.origin());
      }
    }
    sourceCidrs();
  }

  private void overrides(String name, Origin origin) {
    region(name, FieldPath.child("regions", name), origin);
  }

  private void region(String name, String path, Origin origin) {
    String warning = RegionNames.warningAbout(name);
    if (warning != null) {
      problems.warn(origin, path, "\"" + name + "\" " + warning);
    }
  }

  private void sourceCidrs() {
    if (spec.value(CIDRS) instanceof Value.Elements list) {
      list.forEach(CIDRS, this::sourceCidr);
    }
  }

  private void sourceCidr(Value cidr, String path) {
    String text = MergedConfig.text(cidr);
    if (text != null && EVERYBODY.contains(text)) {
      problems.warn(
          cidr.origin(),
          path,
          '"'
              + text
              + "\" lets the whole internet try to log in to the builder; name the addresses that"
              + " you come from.");
    }
  }
}
