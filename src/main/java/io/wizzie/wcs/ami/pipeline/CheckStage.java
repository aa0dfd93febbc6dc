package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.config.NameTemplate;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.Images.NewImage;
import io.wizzie.wcs.ami.ec2.InstanceTypes;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds, before anything is created, what would make the build fail later. */
record CheckStage(Assignment job, Ec2Verbs ec2) {
  BuildPlan run(SourceImage sourceImage) {
    requireInputs();
    requireRoom(sourceImage);
    InstanceTypes.requireFor(
        sourceImage, job.spec().builder().instanceTypes(), "builder.instanceTypes");
    if (job.options().verify() != BuildOptions.Verify.NO) {
      InstanceTypes.requireFor(
          sourceImage, job.spec().verify().instanceTypes(), "verify.instanceTypes");
    }
    requireManifestFolder();
    SshIdentity identity = ExistingKey.of(job.spec().ssh(), job.parts().sshAgentSocket());
    ProjectTags tags =
        new ProjectTags(
            job.options().buildId().value(),
            job.parts().clock().instant().plus(job.spec().builder().lifetime()),
            job.spec().builder().tags());
    NewImage image = newImage(tags);
    ec2.imageNames().requireFree(image.name());
    List<BuilderSubnet> subnets = ec2.subnets().resolve(job.spec().builder());
    if (!job.spec().builder().securityGroupIds().isEmpty()) {
      ec2.securityGroups()
          .requireIn(subnets.get(0).vpcId(), job.spec().builder().securityGroupIds());
    }
    List<String> sourceCidrs =
        job.spec().builder().securityGroupIds().isEmpty()
            ? new SourceCidrs(job.spec(), job.parts().operatorAddress()).choose(subnets.get(0))
            : List.of();
    return new BuildPlan(image, tags, subnets, sourceCidrs, identity);
  }

  private void requireInputs() {
    List<Problem> problems = job.guest().checkInputs(job.parts().sshAgentSocket());
    if (!problems.isEmpty()) {
      throw Category.CONFIGURATION.failure(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }

  private void requireRoom(SourceImage sourceImage) {
    int size = job.spec().builder().rootVolume().sizeGib();
    if (size < sourceImage.rootSizeGib()) {
      throw Category.CONFIGURATION.failure(
          "builder.rootVolume has "
              + size
              + " GiB, but source image "
              + sourceImage.imageId()
              + " needs at least "
              + sourceImage.rootSizeGib()
              + ".");
    }
  }

  // Found out now, not after the image was made.
  private void requireManifestFolder() {
    Path manifest = job.options().manifest();
    if (manifest == null) {
      return;
    }
    Path folder = manifest.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException failed) {
      throw Category.CONFIGURATION.failure(
          "The manifest's folder " + folder + " can't be made", failed);
    }
    if (Files.isDirectory(manifest) || (folder != null && !Files.isWritable(folder))) {
      throw Category.CONFIGURATION.failure("The manifest " + manifest + " can't be written there.");
    }
  }

  private NewImage newImage(ProjectTags tags) {
    ImageSpec image = job.spec().image();
    BuildId build = job.options().buildId();
    NameTemplate template =
        new NameTemplate(build.startedAt(), job.spec().version(), build.value());
    String name = template.render(image.name());
    return new NewImage(
        name,
        template.render(image.description()),
        tags.image(name, template.render(image.tags())),
        tags.image(name, template.render(image.snapshotTags())));
  }
}
