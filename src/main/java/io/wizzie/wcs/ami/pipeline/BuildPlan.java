package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.Images.NewImage;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out and decided before anything is created.
 *
 * @param subnets to launch in, the best first
 * @param sourceCidrs for the temporary group; empty when there are groups already
 * @param identity of an existing key pair; null when a temporary one is made
 */
record BuildPlan(
    NewImage image,
    ProjectTags tags,
    List<BuilderSubnet> subnets,
    List<String> sourceCidrs,
    @Nullable SshIdentity identity) {
  BuildPlan {
    subnets = List.copyOf(subnets);
    sourceCidrs = List.copyOf(sourceCidrs);
  }
}
