package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.NetworkInterface;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.InstancePrivateIpAddress;

/** The names, addresses and the network interface of an instance. */
final class NetworkShapes {
  private NetworkShapes() {}

  /**
   * The name that EC2 gives by ID (host name type "resource name"), the only one that is known
   * before the guest has its address. No name resolves outside of the guest: so {@code
   * publicDnsName} is the plain address, as many clients connect to that first.
   */
  static String hostname(Topology topology, String instanceId) {
    return instanceId + "." + topology.domain();
  }

  static @Nullable String publicAddress(InstanceRecord instance, State state) {
    boolean has =
        instance.nic().publicAddress() && (state == State.RUNNING || state == State.PENDING);
    return has ? instance.life().address() : null;
  }

  static List<GroupIdentifier> groups(Call call, NetworkInterface nic) {
    return nic.groupIds().stream()
        .map(call.state().groups::get)
        .filter(Objects::nonNull)
        .map(group -> GroupIdentifier.builder().groupId(group.id()).groupName(group.name()).build())
        .toList();
  }

  static InstanceNetworkInterface nic(
      Call call, InstanceRecord instance, @Nullable String publicAddress) {
    NetworkInterface nic = instance.nic();
    String address = instance.life().address();
    String name = hostname(call.topology(), instance.id());
    InstanceNetworkInterfaceAssociation association =
        publicAddress == null
            ? null
            : InstanceNetworkInterfaceAssociation.builder()
                .publicIp(publicAddress)
                .publicDnsName(publicAddress)
                .ipOwnerId("amazon")
                .build();
    return InstanceNetworkInterface.builder()
        .networkInterfaceId(nic.id())
        .macAddress(nic.mac())
        .subnetId(nic.subnetId())
        .vpcId(call.topology().vpcId())
        .ownerId(Account.ID)
        .status("in-use")
        .interfaceType("interface")
        .description(nic.description())
        .sourceDestCheck(instance.settings().sourceDestCheck())
        .groups(groups(call, nic))
        .privateIpAddress(address)
        .privateDnsName(name)
        .association(association)
        .privateIpAddresses(
            InstancePrivateIpAddress.builder()
                .primary(true)
                .privateIpAddress(address)
                .privateDnsName(name)
                .association(association)
                .build())
        .attachment(
            one ->
                one.attachmentId(Ids.of("eni-attach", nic.id()))
                    .attachTime(instance.launch().time())
                    .deleteOnTermination(nic.deleteOnTermination())
                    .deviceIndex(0)
                    .networkCardIndex(0)
                    .status("attached"))
        .build();
  }
}
