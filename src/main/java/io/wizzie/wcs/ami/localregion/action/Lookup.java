package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Finds what a request names, or refuses in EC2's words for that kind of thing.
 *
 * @param prefix of the IDs, without the hyphen
 * @param code of the refusal of what is not there, before {@code .NotFound}
 * @param malformed the same before {@code .Malformed}: some kinds say "ID" only there
 * @param absence how EC2 says it: a plural's ending, the IDs and a verb are put in
 */
record Lookup<T>(
    Function<RegionState, Map<String, T>> kept,
    String prefix,
    String code,
    String malformed,
    String absence) {
  static final Lookup<InstanceRecord> INSTANCES =
      new Lookup<>(
          state -> state.instances,
          "i",
          "InvalidInstanceID",
          "InvalidInstanceID",
          "The instance ID%s '%s' %s not exist");

  private static final Lookup<ImageRecord> IMAGES =
      new Lookup<>(
          state -> state.images,
          "ami",
          "InvalidAMIID",
          "InvalidAMIID",
          "The image id%s '[%s]' %s not exist");

  static final Lookup<SnapshotRecord> SNAPSHOTS =
      new Lookup<>(
          state -> state.snapshots,
          "snap",
          "InvalidSnapshot",
          "InvalidSnapshotID",
          "The snapshot%s '%s' %s not exist.");

  static final Lookup<VolumeRecord> VOLUMES =
      new Lookup<>(
          state -> state.volumes,
          "vol",
          "InvalidVolume",
          "InvalidVolumeID",
          "The volume%s '%s' %s not exist.");

  static final Lookup<GroupRecord> GROUPS =
      new Lookup<>(
          state -> state.groups,
          "sg",
          "InvalidGroup",
          "InvalidGroupId",
          "The security group%s '%s' %s not exist");

  T one(RegionState state, String id) {
    return all(state, List.of(id)).get(0);
  }

  List<T> all(RegionState state, List<String> ids) {
    for (String id : ids) {
      if (!Ids.wellFormed(prefix, id)) {
        throw Refusal.of(
            malformed + ".Malformed",
            "Invalid id: \"%s\" (expecting \"%s-...\")".formatted(id, prefix));
      }
    }
    Map<String, T> known = kept.apply(state);
    List<String> missing =
        ids.stream()
            .distinct()
            .filter(id -> !known.containsKey(id) || state.unseen.containsKey(id))
            .toList();
    if (!missing.isEmpty()) {
      boolean one = missing.size() == 1;
      throw Refusal.of(
          code + ".NotFound",
          absence.formatted(one ? "" : "s", String.join(", ", missing), one ? "does" : "do"));
    }
    return ids.stream().distinct().map(known::get).map(Objects::requireNonNull).toList();
  }

  /** Those that a request names; if it names none, all there are. */
  List<T> named(RegionState state, List<String> ids) {
    return ids.isEmpty() ? List.copyOf(kept.apply(state).values()) : all(state, ids);
  }

  /** A registered image. */
  static ImageRecord image(RegionState state, String id) {
    return images(state, List.of(id)).get(0);
  }

  static List<ImageRecord> images(RegionState state, List<String> ids) {
    List<ImageRecord> images = IMAGES.all(state, ids);
    for (ImageRecord image : images) {
      if (!image.registered()) {
        throw Refusal.of(
            "InvalidAMIID.Unavailable", "The image ID '" + image.id() + "' is no longer available");
      }
    }
    return images;
  }

  /** An image that may be changed; the base image belongs to somebody else. */
  static ImageRecord ownImage(RegionState state, String id) {
    ImageRecord image = image(state, id);
    if (!image.ownerId().equals(Account.ID)) {
      throw Refusal.of("AuthFailure", "Not authorized for image:" + id);
    }
    return image;
  }

  static GroupRecord groupByName(Call call, String name) {
    return call.state().groups.values().stream()
        .filter(group -> group.name().equals(name))
        .filter(group -> !call.state().unseen.containsKey(group.id()))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    "InvalidGroup.NotFound",
                    "The security group '%s' does not exist in default VPC '%s'"
                        .formatted(name, call.topology().vpcId())));
  }
}
