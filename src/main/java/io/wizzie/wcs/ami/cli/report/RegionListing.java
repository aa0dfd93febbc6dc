package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.ec2.ProjectResources.ProjectBuilder;
import io.wizzie.wcs.ami.ec2.ProjectResources.ProjectImage;
import java.util.List;

/** This project's images and builders in a region. */
public record RegionListing(
    String region, List<ProjectImage> images, List<ProjectBuilder> builders) {
  public RegionListing {
    images = List.copyOf(images);
    builders = List.copyOf(builders);
  }
}
