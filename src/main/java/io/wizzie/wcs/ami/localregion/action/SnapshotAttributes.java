package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermissionModifications;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;

/** ModifySnapshotAttribute: who may make volumes of a snapshot. */
final class SnapshotAttributes {
  private SnapshotAttributes() {}

  static ModifySnapshotAttributeResponse modify(Call call, ModifySnapshotAttributeRequest request) {
    SnapshotRecord snapshot = Lookup.SNAPSHOTS.one(call.state(), request.snapshotId());
    if (!snapshot.ownerId().equals(Account.ID)) {
      throw Refusal.of("AuthFailure", "Not authorized for snapshot:" + snapshot.id());
    }
    String attribute = request.attributeAsString();
    if (attribute != null && !attribute.equals("createVolumePermission")) {
      throw Refusal.invalidValue(attribute, "Attribute");
    }
    CreateVolumePermissionModifications changes =
        request.createVolumePermission() == null
            ? CreateVolumePermissionModifications.builder().build()
            : request.createVolumePermission();
    Permissions.Change change =
        new Permissions.Change(permissions(changes.add()), permissions(changes.remove()))
            .with(
                "CreateVolumePermission",
                new Permissions(request.userIds(), request.groupNames()),
                request.operationTypeAsString());
    if (snapshot.encrypted() && snapshot.kmsKeyId() == null && !change.add().isEmpty()) {
      throw Refusal.of(
          "OperationNotPermitted", "Encrypted snapshots with EBS default key cannot be shared");
    }
    Permissions changed =
        new Permissions(snapshot.permittedUsers(), snapshot.permittedGroups())
            .changed(change, "Snapshot");
    call.state()
        .snapshots
        .put(snapshot.id(), snapshot.withPermissions(changed.users(), changed.groups()));
    return ModifySnapshotAttributeResponse.builder().build();
  }

  private static Permissions permissions(List<CreateVolumePermission> entries) {
    return Permissions.of(
        entries, CreateVolumePermission::userId, CreateVolumePermission::groupAsString);
  }
}
