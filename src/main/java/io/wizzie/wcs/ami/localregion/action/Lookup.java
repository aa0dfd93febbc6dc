package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds what a request names, or refuses in EC2's words for that kind of thing. */
final class Lookup {
  private Lookup() {}

  static InstanceRecord instance(RegionState state, String id) {
    return instances(state, List.of(id)).get(0);
  }

  static List<InstanceRecord> instances(RegionState state, List<String> ids) {
    return find(
        state,
        state.instances,
        ids,
        "i",
        "InvalidInstanceID",
        (one, which) ->
            one
                ? "The instance ID '" + which + "' does not exist"
                : "The instance IDs '" + which + "' do not exist");
  }

  /** A registered image. */
  static ImageRecord image(RegionState state, String id) {
    return images(state, List.of(id)).get(0);
  }

  static List<ImageRecord> images(RegionState state, List<String> ids) {
    List<ImageRecord> images =
        find(
            state,
            state.images,
            ids,
            "ami",
            "InvalidAMIID",
            (one, which) ->
                one
                    ? "The image id '[" + which + "]' does not exist"
                    : "The image ids '[" + which + "]' do not exist");
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

  static SnapshotRecord snapshot(RegionState state, String id) {
    return snapshots(state, List.of(id)).get(0);
  }

  static List<SnapshotRecord> snapshots(RegionState state, List<String> ids) {
    return find(
        state,
        state.snapshots,
        ids,
        "snap",
        "InvalidSnapshot",
        (one, which) ->
            one
                ? "The snapshot '" + which + "' does not exist."
                : "The snapshots '" + which + "' do not exist.");
  }

  static VolumeRecord volume(RegionState state, String id) {
    return volumes(state, List.of(id)).get(0);
  }

  static List<VolumeRecord> volumes(RegionState state, List<String> ids) {
    return find(
        state,
        state.volumes,
        ids,
        "vol",
        "InvalidVolume",
        (one, which) ->
            one
                ? "The volume '" + which + "' does not exist."
                : "The volumes '" + which + "' do not exist.");
  }

  static GroupRecord group(RegionState state, String id) {
    return groups(state, List.of(id)).get(0);
  }

  static List<GroupRecord> groups(RegionState state, List<String> ids) {
    return find(
        state,
        state.groups,
        ids,
        "sg",
        "InvalidGroup",
        (one, which) ->
            one
                ? "The security group '" + which + "' does not exist"
                : "The security groups '" + which + "' do not exist");
  }

  static List<GroupRecord> groupsByName(Call call, List<String> names) {
    return names.stream()
        .map(
            name ->
                call.state().groups.values().stream()
                    .filter(group -> group.name().equals(name))
                    .filter(group -> !call.state().unseen.containsKey(group.id()))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Refusal.of(
                                "InvalidGroup.NotFound",
                                "The security group '"
                                    + name
                                    + "' does not exist in default VPC '"
                                    + call.topology().vpcId()
                                    + "'")))
        .toList();
  }

  /** How EC2 says that one thing, or several, are not there. */
  private interface Absence {
    String message(boolean one, String which);
  }

  private static <T> List<T> find(
      RegionState state,
      Map<String, T> all,
      List<String> ids,
      String prefix,
      String code,
      Absence absence) {
    for (String id : ids) {
      if (!Ids.wellFormed(prefix, id)) {
        throw Refusal.of(
            malformed(code), "Invalid id: \"" + id + "\" (expecting \"" + prefix + "-...\")");
      }
    }
    List<String> distinct = List.copyOf(new LinkedHashSet<>(ids));
    List<String> missing =
        distinct.stream()
            .filter(id -> !all.containsKey(id) || state.unseen.containsKey(id))
            .toList();
    if (!missing.isEmpty()) {
      throw Refusal.of(
          code + ".NotFound", absence.message(missing.size() == 1, String.join(", ", missing)));
    }
    return distinct.stream().map(all::get).map(Objects::requireNonNull).toList();
  }

  /** EC2 is not consistent: some kinds say "ID" only in this code. */
  private static String malformed(String code) {
    return switch (code) {
      case "InvalidGroup" -> "InvalidGroupId.Malformed";
      case "InvalidSnapshot" -> "InvalidSnapshotID.Malformed";
      case "InvalidVolume" -> "InvalidVolumeID.Malformed";
      default -> code + ".Malformed";
    };
  }
}
