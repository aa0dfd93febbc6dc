package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.CookbookBundle.CookbookDigest;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.pipeline.Specs;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Results of builds. */
final class Results {
  static final Leftover GROUP =
      new Leftover(
          new ResourceId("eu-west-1", ResourceKind.SECURITY_GROUP, "sg-1"),
          "DependencyViolation",
          "aws ec2 delete-security-group --group-id sg-1");

  private Results() {}

  static BuildResult built(List<Leftover> leftovers) {
    return result(new InstalledChef("Cinc Client", "18.7.10", "/opt/cinc/bin/x", false), leftovers);
  }

  static BuildResult rehearsed() {
    return result(new InstalledChef("Chef stand-in", "18.0.0", "/opt/x", true), List.of());
  }

  private static BuildResult result(InstalledChef chef, List<Leftover> leftovers) {
    return new BuildResult(
        FakeParts.BUILD_ID,
        "ami-0abc",
        "wcs-1.1.0",
        List.of("snap-1"),
        "eu-west-1",
        Specs.spec(),
        new SourceImage(
            "ami-source",
            "ubuntu-24.04",
            "099720109477",
            "x86_64",
            "/dev/sda1",
            8,
            List.of(),
            null),
        "t3.large",
        new CookbookBundle(
            Path.of("cookbooks.tar.gz"),
            "cd34",
            6,
            List.of(new CookbookDigest("provision", "wcsprov", "1.0.0", 7, "ab12"))),
        chef,
        new GuestSystem("ubuntu", "24.04", "Ubuntu 24.04.1 LTS"),
        new Inventory(List.of(), List.of(), List.of(), List.of(), "6.1.0", true),
        List.of(),
        AuditReport.empty(),
        null,
        "1.0.0",
        Instant.parse("2026-03-04T05:09:28Z"),
        List.of(),
        leftovers);
  }
}
