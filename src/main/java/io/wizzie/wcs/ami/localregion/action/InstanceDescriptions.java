package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.ResponseWriter;
import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;

/** DescribeInstances and its filters. */
final class InstanceDescriptions {
  private InstanceDescriptions() {}

  static DescribeInstancesResponse describe(Call call, DescribeInstancesRequest request) {
    Page.notWithIds(request.instanceIds(), request.maxResults(), "instancesSet");
    List<InstanceRecord> instances = Lookup.INSTANCES.named(call.state(), request.instanceIds());
    Page<InstanceRecord> page =
        filters(call)
            .page(instances, request.filters(), request.maxResults(), 5, request.nextToken());
    return DescribeInstancesResponse.builder()
        .reservations(InstanceShapes.reservations(call, page.items()))
        .nextToken(page.nextToken())
        .build();
  }

  private static FilterMatching<InstanceRecord> filters(Call call) {
    RegionState state = call.state();
    Function<InstanceRecord, @Nullable Object> publicAddress =
        instance -> NetworkShapes.publicAddress(instance, call.stateOf(instance));
    Function<InstanceRecord, @Nullable Object> privateAddress =
        attached(call, InstanceLife::address);
    return new FilterMatching<InstanceRecord>(instance -> Tags.of(state, instance.id()))
        .one("instance-id", InstanceRecord::id)
        .one("instance-state-name", instance -> call.stateOf(instance).text())
        .one("instance-state-code", instance -> call.stateOf(instance).code())
        .one("instance-type", instance -> instance.settings().instanceType())
        .one("image-id", instance -> instance.launch().imageId())
        .one("key-name", instance -> instance.launch().keyName())
        .one("client-token", instance -> instance.launch().clientToken())
        .one("reservation-id", instance -> instance.launch().reservationId())
        .one("launch-index", instance -> instance.launch().index())
        .one("launch-time", instance -> ResponseWriter.time(instance.launch().time()))
        .one("architecture", instance -> instance.launch().architecture())
        .one("root-device-name", instance -> instance.launch().rootDeviceName())
        .one("root-device-type", instance -> "ebs")
        .one("virtualization-type", instance -> "hvm")
        .one("hypervisor", instance -> "xen")
        .one("tenancy", instance -> "default")
        .one("owner-id", instance -> Account.ID)
        .one("availability-zone", instance -> instance.launch().zone())
        .one("iam-instance-profile.arn", instance -> instance.launch().instanceProfile())
        .one("metadata-options.http-tokens", instance -> instance.launch().metadata().httpTokens())
        .one(
            "metadata-options.http-endpoint",
            instance -> instance.launch().metadata().httpEndpoint())
        .one("vpc-id", attached(call, life -> call.topology().vpcId()))
        .one("network-interface.vpc-id", attached(call, life -> call.topology().vpcId()))
        .one("subnet-id", instance -> ended(call, instance) ? null : instance.nic().subnetId())
        .one("network-interface.network-interface-id", instance -> instance.nic().id())
        .one(
            "network-interface.subnet-id",
            instance -> ended(call, instance) ? null : instance.nic().subnetId())
        .one("private-ip-address", privateAddress)
        .one("network-interface.addresses.private-ip-address", privateAddress)
        .one("ip-address", publicAddress)
        .one("network-interface.association.public-ip", publicAddress)
        .one("dns-name", publicAddress)
        .one("private-dns-name", instance -> NetworkShapes.hostname(call.topology(), instance.id()))
        .one("state-reason-code", reason(InstanceLife.Reason::code))
        .one("reason", reason(InstanceLife.Reason::code))
        .all("instance.group-id", groups(call, GroupRecord::id))
        .all("instance.group-name", groups(call, GroupRecord::name))
        .all("group-id", groups(call, GroupRecord::id))
        .all("network-interface.group-id", groups(call, GroupRecord::id))
        .all("block-device-mapping.device-name", volumes(call, volume -> volume.device().name()))
        .all("block-device-mapping.volume-id", volumes(call, VolumeRecord::id));
  }

  private static boolean ended(Call call, InstanceRecord instance) {
    return call.stateOf(instance) == State.TERMINATED;
  }

  private static Function<InstanceRecord, @Nullable Object> attached(
      Call call, Function<InstanceLife, @Nullable String> value) {
    return instance -> ended(call, instance) ? null : value.apply(instance.life());
  }

  private static Function<InstanceRecord, @Nullable Object> reason(
      Function<InstanceLife.Reason, String> value) {
    return instance -> {
      InstanceLife.Reason reason = instance.life().reason();
      return reason == null ? null : value.apply(reason);
    };
  }

  private static Function<InstanceRecord, Stream<String>> groups(
      Call call, Function<GroupRecord, String> value) {
    return instance ->
        ended(call, instance)
            ? Stream.of()
            : instance.nic().groupIds().stream()
                .map(call.state().groups::get)
                .filter(Objects::nonNull)
                .map(value);
  }

  private static Function<InstanceRecord, Stream<String>> volumes(
      Call call, Function<VolumeRecord, String> value) {
    return instance -> InstanceShapes.volumes(call, instance.id()).stream().map(value);
  }
}
