package io.wizzie.wcs.ami.config.reader;

import java.util.List;

/** Finds contradictions about the source image, the builder and the login to it. */
record InstanceChecks(MergedConfig spec, CrossFieldProblems problems) {
  private static final String MISSING = "missing, and there is no default";

  void check() {
    if (!spec.isGiven("version")) {
      problems.field(
          "version", MISSING + "; set the version of the product in the image, such as \"1.1.0\".");
    }
    sourceImage();
    network();
    new VolumeLimits(spec, problems).check();
    if (spec.isGiven("ssh.keyName")) {
      existingKeyPair();
    } else {
      temporaryKeyPair();
    }
  }

  private void sourceImage() {
    problems.exclusive("sourceImage.imageId", "sourceImage.filters");
    boolean filtered = spec.isGiven("sourceImage.filters");
    boolean broken = spec.value("sourceImage") instanceof Value.Broken;
    if (!filtered && !spec.isGiven("sourceImage.imageId") && !broken) {
      String what = spec.isGiven("sourceImage") ? "names no image" : MISSING;
      problems.field("sourceImage", what + "; set its imageId, or its owners and filters.");
    }
    if (filtered && !spec.isGiven("sourceImage.owners")) {
      problems.field(
          "sourceImage.filters",
          "given without sourceImage.owners, so an image that anybody published by such a name"
              + " would do; set owners, such as [\"099720109477\"] for Canonical.");
    }
  }

  private void network() {
    problems.exclusive("builder.subnetId", "builder.subnetFilters");
    problems.exclusive("builder.subnetId", "builder.subnetIds");
    problems.exclusive("builder.subnetIds", "builder.subnetFilters");
    problems.exclusive("builder.securityGroupIds", "builder.sourceCidrs");
    String address = spec.text("ssh.address");
    boolean wantsPublic = address != null && address.startsWith("public");
    if (wantsPublic && Boolean.FALSE.equals(spec.flag("builder.associatePublicIpAddress"))) {
      problems.value(
          "ssh.address",
          "can't be had while builder.associatePublicIpAddress is false ("
              + spec.origin("builder.associatePublicIpAddress").where()
              + "); make that true, or this \"private_ip\".");
    }
  }

  private void existingKeyPair() {
    boolean agent = agent();
    if (agent) {
      problems.exclusive("ssh.agent", "ssh.privateKeyFile");
    }
    boolean unknown = spec.value("ssh.agent") instanceof Value.Broken;
    if (!agent && !unknown && !spec.isGiven("ssh.privateKeyFile")) {
      problems.value(
          "ssh.keyName",
          "is an existing key pair, whose private key is needed too; set ssh.privateKeyFile, or"
              + " ssh.agent to true.");
    }
  }

  private void temporaryKeyPair() {
    for (String path : List.of("ssh.agent", "ssh.privateKeyFile")) {
      if (path.equals("ssh.agent") ? agent() : spec.isGiven(path)) {
        problems.value(
            path,
            "has no effect without ssh.keyName, since a temporary key pair is made then; set"
                + " ssh.keyName, or remove this.");
      }
    }
  }

  private boolean agent() {
    return Boolean.TRUE.equals(spec.flag("ssh.agent"));
  }
}
