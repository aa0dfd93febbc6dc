package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.ec2.client.Ec2Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Finds what this project has in a region by the tag that everything it makes carries. */
public record ProjectResources(Ec2Connection connection) {
  /**
   * The images of this project in the account, newest first.
   *
   * @throws Ec2CallException when EC2 can't be asked
   */
  public List<ProjectImage> images() {
    return Ec2Calls.call(
        "DescribeImages",
        "Listing the images",
        () ->
            connection
                .client()
                .describeImagesPaginator(
                    request -> request.owners("self").filters(Filters.tagged(ProjectTags.BUILD_ID)))
                .images()
                .stream()
                .map(ProjectResources::projectImage)
                .sorted(Comparator.comparing(ProjectImage::createdAt).reversed())
                .toList());
  }

  /**
   * The builder instances of this project that are not terminated, newest first.
   *
   * @throws Ec2CallException when EC2 can't be asked
   */
  public List<ProjectBuilder> builders() {
    Filter notTerminated =
        Filters.of(
            "instance-state-name",
            List.of("pending", "running", "stopping", "stopped", "shutting-down"));
    return Ec2Calls.call(
        "DescribeInstances",
        "Listing the builders",
        () ->
            connection
                .client()
                .describeInstancesPaginator(
                    request -> request.filters(Filters.tagged(ProjectTags.BUILD_ID), notTerminated))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(ProjectResources::projectBuilder)
                .sorted(Comparator.comparing(ProjectBuilder::launchedAt).reversed())
                .toList());
  }

  private static ProjectImage projectImage(Image image) {
    return new ProjectImage(
        image.imageId(),
        image.name(),
        ProjectTags.value(image.tags(), ProjectTags.BUILD_ID),
        image.stateAsString(),
        ProjectTags.FINISHED.equals(ProjectTags.valueOrNull(image.tags(), ProjectTags.STATUS)),
        Ec2Times.parse(image.creationDate()),
        Images.snapshotIds(image));
  }

  private static ProjectBuilder projectBuilder(Instance instance) {
    return new ProjectBuilder(
        instance.instanceId(),
        ProjectTags.value(instance.tags(), ProjectTags.BUILD_ID),
        instance.state().nameAsString(),
        instance.instanceTypeAsString(),
        instance.launchTime() == null ? Instant.EPOCH : instance.launchTime(),
        ProjectTags.valueOrNull(instance.tags(), ProjectTags.EXPIRES_AT));
  }

  /**
   * An image.
   *
   * @param finished whether its build went to the end; what is not finished is being made or was
   *     abandoned
   */
  public record ProjectImage(
      String imageId,
      String name,
      String buildId,
      String state,
      boolean finished,
      Instant createdAt,
      List<String> snapshotIds) {
    public ProjectImage {
      snapshotIds = List.copyOf(snapshotIds);
    }
  }

  /**
   * A builder.
   *
   * @param expiresAt ISO time after which it counts as abandoned; null when it was never told
   */
  public record ProjectBuilder(
      String instanceId,
      String buildId,
      String state,
      String instanceType,
      Instant launchedAt,
      @Nullable String expiresAt) {}
}
