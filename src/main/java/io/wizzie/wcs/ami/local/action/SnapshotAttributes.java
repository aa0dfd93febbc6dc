package io.wizzie.wcs.ami.local.action;

import io.wizzie.wcs.ami.local.query.Refusal;
import io.wizzie.wcs.ami.local.state.SnapshotRecord;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermissionModifications;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;

/** ModifySnapshotAttribute: who may make volumes of a snapshot. */
final class SnapshotAttributes {
  private SnapshotAttributes() {}

  static ModifySnapshotAttributeResponse modify(Call call, ModifySnapshotAttributeRequest request) {
    SnapshotRecord snapshot = Lookup.snapshot(call.state(), request.snapshotId());
    if (!snapshot.ownerId().equals(Account.ID)) {
      throw Refusal.of("AuthFailure", "Not authorized for snapshot:" + snapshot.id());
    }
    String attribute = request.attributeAsString();
    if (attribute != null && !attribute.equals("createVolumePermission")) {
      throw Refusal.invalidValue("Invalid value '" + attribute + "' for Attribute.");
    }
    CreateVolumePermissionModifications changes =
        request.createVolumePermission() == null
            ? CreateVolumePermissionModifications.builder().build()
            : request.createVolumePermission();
    List<Permissions.Entry> named =
        Stream.concat(
                request.userIds().stream().map(user -> new Permissions.Entry(user, null)),
                request.groupNames().stream().map(group -> new Permissions.Entry(null, group)))
            .toList();
    boolean removes = "remove".equals(request.operationTypeAsString());
    if (!named.isEmpty() && request.operationTypeAsString() == null) {
      throw Refusal.missing("OperationType");
    }
    List<Permissions.Entry> add = both(entries(changes.add()), removes ? List.of() : named);
    List<Permissions.Entry> remove = both(entries(changes.remove()), removes ? named : List.of());
    if (add.isEmpty() && remove.isEmpty()) {
      throw Refusal.missing("CreateVolumePermission");
    }
    if (snapshot.encrypted() && snapshot.kmsKeyId() == null && !add.isEmpty()) {
      throw Refusal.of(
          "OperationNotPermitted", "Encrypted snapshots with EBS default key cannot be shared");
    }
    Permissions changed =
        new Permissions(snapshot.permittedUsers(), snapshot.permittedGroups())
            .changed(add, remove, "Snapshot");
    call.state()
        .snapshots
        .put(snapshot.id(), snapshot.withPermissions(changed.users(), changed.groups()));
    return ModifySnapshotAttributeResponse.builder().build();
  }

  private static List<Permissions.Entry> entries(List<CreateVolumePermission> permissions) {
    return permissions.stream()
        .map(permission -> new Permissions.Entry(permission.userId(), permission.groupAsString()))
        .toList();
  }

  private static List<Permissions.Entry> both(
      List<Permissions.Entry> one, List<Permissions.Entry> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
