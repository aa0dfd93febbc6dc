package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.config.RegionNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds contradictions about Chef, its package, its run lists and its time limits. */
record ConvergeChecks(MergedConfig spec, CrossFieldProblems problems) {
  void check() {
    chefPackage();
    fallback();
    for (String phase : List.of("provision", "bootstrap")) {
      problems.needs(phase + ".runList", phase + ".cookbookPaths", "the folders of its cookbooks");
    }
    problems.needs("provision.environment", "provision.environmentsPath", "the folder that has it");
    roles();
    lifetime();
  }

  private void chefPackage() {
    problems.exclusive("chef.package.url", "chef.package.file");
    boolean url = spec.isGiven("chef.package.url");
    boolean sha256 = spec.isGiven("chef.package.sha256");
    if (url && !sha256) {
      problems.value(
          "chef.package.url",
          "is downloaded by the guest, so it must be pinned; set chef.package.sha256 to what"
              + " sha256sum prints for the file.");
    }
    if (sha256 && !url && !spec.isGiven("chef.package.file")) {
      problems.value(
          "chef.package.sha256",
          "is of no package; set chef.package.url or chef.package.file, or remove this.");
    }
  }

  private void fallback() {
    boolean local = RegionNames.LOCAL.equals(spec.text("region"));
    if (!local && spec.text("chef.fallbackSoloPath") != null) {
      problems.value("chef.fallbackSoloPath", FallbackRule.REMEDY);
    }
  }

  private void roles() {
    if (!spec.isGiven("provision.rolesPath")) {
      firstRole("provision.runList")
          .ifPresent(
              role ->
                  problems.field(
                      "provision.runList",
                      "\""
                          + role
                          + "\" needs provision.rolesPath; set it to the folder of roles."));
    }
    firstRole("bootstrap.runList")
        .ifPresent(
            role ->
                problems.field(
                    "bootstrap.runList",
                    "\"" + role + "\" is a role, and an image has none; write its recipes."));
  }

  private Optional<String> firstRole(String path) {
    return spec.texts(path).stream().filter(item -> item.startsWith("role[")).findFirst();
  }

  /** A builder that ends itself in the middle of a converge looks like a lost connection. */
  private void lifetime() {
    Duration lifetime = spec.duration("builder.lifetime");
    Duration login = spec.duration("ssh.timeout");
    Duration converge = spec.duration("provision.timeout");
    if (lifetime == null || login == null || converge == null) {
      return;
    }
    Duration needed = login.plus(converge);
    if (lifetime.compareTo(needed) <= 0) {
      String reported =
          List.of("builder.lifetime", "provision.timeout", "ssh.timeout").stream()
              .filter(spec::isGiven)
              .findFirst()
              .orElse("builder.lifetime");
      problems.value(
          reported,
          "doesn't fit: builder.lifetime is "
              + DurationText.of(lifetime)
              + ", and ssh.timeout and provision.timeout together "
              + DurationText.of(needed)
              + "; make the lifetime longer than that.");
    }
  }
}
