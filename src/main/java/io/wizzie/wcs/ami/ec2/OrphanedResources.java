package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Finds everything of this project in a region, with actions of the policy alone: key pairs, which
 * it does not let list, by their tags.
 */
public record OrphanedResources(Ec2Connection connection) {
  /** All that carries the tag of a build, in the order in which it can be removed. */
  public List<OrphanedResource> tagged() {
    Filter tag = Filters.tagged(ProjectTags.BUILD_ID);
    List<Image> images = images(tag);
    List<OrphanedResource> found = new ArrayList<>();
    images.forEach(image -> found.add(orphan(image)));
    snapshots(tag).forEach(snapshot -> found.add(orphan(snapshot, images)));
    instances(tag).forEach(instance -> found.add(orphan(instance)));
    volumes(tag).forEach(volume -> found.add(orphan(volume)));
    groups(tag).forEach(group -> found.add(orphan(group)));
    found.addAll(keyPairs());
    return List.copyOf(found);
  }

  /**
   * Those of these IDs that exist, whatever their tags.
   *
   * @param kind not a key pair, whose existence nothing tells but its tags
   */
  public List<OrphanedResource> existing(ResourceKind kind, Collection<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    // Filters, since by ID one that is gone would hide the others behind an error.
    return switch (kind) {
      case IMAGE -> images(Filters.of("image-id", ids)).stream().map(this::orphan).toList();
      case SNAPSHOT ->
          snapshots(Filters.of("snapshot-id", ids)).stream()
              .map(snapshot -> orphan(snapshot, List.of()))
              .toList();
      case INSTANCE ->
          instances(Filters.of("instance-id", ids)).stream().map(this::orphan).toList();
      case VOLUME -> volumes(Filters.of("volume-id", ids)).stream().map(this::orphan).toList();
      case SECURITY_GROUP ->
          groups(Filters.of("group-id", ids)).stream().map(this::orphan).toList();
      case KEY_PAIR -> List.of();
    };
  }

  private List<Image> images(Filter filter) {
    return listed("DescribeImages", () -> Images.everyOwn(connection.client(), filter));
  }

  private List<Snapshot> snapshots(Filter filter) {
    return listed(
        "DescribeSnapshots",
        () ->
            connection
                .client()
                .describeSnapshotsPaginator(request -> request.ownerIds("self").filters(filter))
                .snapshots()
                .stream());
  }

  private List<Instance> instances(Filter filter) {
    return listed(
        "DescribeInstances",
        () ->
            connection
                .client()
                .describeInstancesPaginator(request -> request.filters(filter))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                // Listed for an hour, and nothing any more.
                .filter(instance -> !instance.state().nameAsString().equals("terminated")));
  }

  private List<Volume> volumes(Filter filter) {
    return listed(
        "DescribeVolumes",
        () ->
            connection
                .client()
                .describeVolumesPaginator(request -> request.filters(filter))
                .volumes()
                .stream()
                .filter(volume -> !"deleted".equals(volume.stateAsString())));
  }

  private List<SecurityGroup> groups(Filter filter) {
    return listed(
        "DescribeSecurityGroups",
        () ->
            connection
                .client()
                .describeSecurityGroupsPaginator(request -> request.filters(filter))
                .securityGroups()
                .stream());
  }

  private List<OrphanedResource> keyPairs() {
    Filter keyPairs = Filters.of("resource-type", "key-pair");
    List<TagDescription> tags =
        listed(
            "DescribeTags",
            () ->
                connection
                    .client()
                    .describeTagsPaginator(request -> request.filters(keyPairs))
                    .tags()
                    .stream());
    Map<String, List<Tag>> byId = new LinkedHashMap<>();
    for (TagDescription tag : tags) {
      byId.computeIfAbsent(tag.resourceId(), id -> new ArrayList<>())
          .add(Tag.builder().key(tag.key()).value(tag.value()).build());
    }
    return byId.entrySet().stream()
        .filter(pair -> ProjectTags.valueOrNull(pair.getValue(), ProjectTags.BUILD_ID) != null)
        .map(pair -> orphan(ResourceKind.KEY_PAIR, pair.getKey(), "", pair.getValue(), false))
        .toList();
  }

  private static <T> List<T> listed(String action, Supplier<Stream<T>> call) {
    return Ec2Calls.call(action, "Looking for leftovers", () -> call.get().toList());
  }

  private OrphanedResource orphan(Image image) {
    return orphan(
        ResourceKind.IMAGE,
        image.imageId(),
        String.valueOf(image.stateAsString()),
        image.tags(),
        isFinished(image.tags()));
  }

  // Finished with its image: the tags of both are set by one call, which may have been cut short.
  private OrphanedResource orphan(Snapshot snapshot, List<Image> images) {
    boolean finished =
        isFinished(snapshot.tags())
            || images.stream()
                .filter(image -> isFinished(image.tags()))
                .flatMap(image -> Images.snapshotIds(image).stream())
                .anyMatch(snapshot.snapshotId()::equals);
    return orphan(
        ResourceKind.SNAPSHOT,
        snapshot.snapshotId(),
        String.valueOf(snapshot.stateAsString()),
        snapshot.tags(),
        finished);
  }

  private OrphanedResource orphan(Instance instance) {
    return orphan(
        ResourceKind.INSTANCE,
        instance.instanceId(),
        instance.state().nameAsString(),
        instance.tags(),
        false);
  }

  private OrphanedResource orphan(Volume volume) {
    return orphan(
        ResourceKind.VOLUME,
        volume.volumeId(),
        String.valueOf(volume.stateAsString()),
        volume.tags(),
        false);
  }

  private OrphanedResource orphan(SecurityGroup group) {
    return orphan(ResourceKind.SECURITY_GROUP, group.groupId(), "", group.tags(), false);
  }

  private OrphanedResource orphan(
      ResourceKind kind, String id, String state, List<Tag> tags, boolean finished) {
    return new OrphanedResource(
        new ResourceId(connection.region(), kind, id),
        ProjectTags.value(tags, ProjectTags.BUILD_ID),
        state,
        finished,
        instant(ProjectTags.valueOrNull(tags, ProjectTags.ALIVE_UNTIL)));
  }

  private static boolean isFinished(List<Tag> tags) {
    return ProjectTags.FINISHED.equals(ProjectTags.valueOrNull(tags, ProjectTags.STATUS));
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException notOurs) {
      // Somebody else wrote the tag: it vouches for nothing.
      return null;
    }
  }
}
