package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.NetworkInterface;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Instances in the form that EC2 describes them. */
final class InstanceShapes {
  private static final DateTimeFormatter IN_WORDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

  private InstanceShapes() {}

  static InstanceState state(State state) {
    return InstanceState.builder().code(state.code()).name(state.text()).build();
  }

  static List<Reservation> reservations(Call call, List<InstanceRecord> instances) {
    return instances.stream()
        .collect(
            Collectors.groupingBy(
                instance -> instance.launch().reservationId(),
                LinkedHashMap::new,
                Collectors.mapping(instance -> instance(call, instance), Collectors.toList())))
        .entrySet()
        .stream()
        .map(
            reservation ->
                Reservation.builder()
                    .reservationId(reservation.getKey())
                    .ownerId(Account.ID)
                    .instances(reservation.getValue())
                    .build())
        .toList();
  }

  private static Instance instance(Call call, InstanceRecord instance) {
    State state = call.stateOf(instance);
    InstanceRecord.Launch launch = instance.launch();
    Instance.Builder shape =
        Instance.builder()
            .instanceId(instance.id())
            .amiLaunchIndex(launch.index())
            .clientToken(launch.clientToken())
            .launchTime(launch.time())
            .imageId(launch.imageId())
            .architecture(launch.architecture())
            .rootDeviceName(launch.rootDeviceName())
            .rootDeviceType("ebs")
            .keyName(launch.keyName())
            .monitoring(one -> one.state(launch.monitoring() ? "enabled" : "disabled"))
            .placement(one -> one.availabilityZone(launch.zone()).tenancy("default").groupName(""))
            .instanceType(instance.settings().instanceType())
            .ebsOptimized(instance.settings().ebsOptimized())
            .state(state(state))
            .stateTransitionReason(transition(instance.life()))
            .stateReason(reason(instance.life()))
            .virtualizationType("hvm")
            .hypervisor("xen")
            .enaSupport(true)
            .currentInstanceBootMode("legacy-bios")
            .platformDetails("Linux/UNIX")
            .usageOperation("RunInstances")
            .usageOperationUpdateTime(launch.time())
            .hibernationOptions(one -> one.configured(false))
            .enclaveOptions(one -> one.enabled(false))
            .maintenanceOptions(one -> one.autoRecovery("default"))
            .metadataOptions(metadata(launch.metadata(), state))
            .privateDnsName("")
            .publicDnsName("")
            .tags(Tags.shapes(call.state(), instance.id()));
    if (state != State.TERMINATED) {
      attached(call, instance, state, shape);
    }
    return shape.build();
  }

  /** What an instance loses when it is terminated. */
  private static void attached(
      Call call, InstanceRecord instance, State state, Instance.Builder shape) {
    NetworkInterface nic = instance.nic();
    String address = instance.life().address();
    String publicAddress = NetworkShapes.publicAddress(instance, state);
    String profile = instance.launch().instanceProfile();
    if (profile != null) {
      shape.iamInstanceProfile(one -> one.arn(profile).id(Ids.of("AIPA", profile)));
    }
    shape
        .sourceDestCheck(instance.settings().sourceDestCheck())
        .vpcId(call.topology().vpcId())
        .subnetId(nic.subnetId())
        .securityGroups(NetworkShapes.groups(call, nic))
        .privateIpAddress(address)
        .privateDnsName(NetworkShapes.hostname(call.topology(), instance.id()))
        .privateDnsNameOptions(
            one ->
                one.hostnameType("resource-name")
                    .enableResourceNameDnsARecord(false)
                    .enableResourceNameDnsAAAARecord(false))
        .publicIpAddress(publicAddress)
        .publicDnsName(publicAddress == null ? "" : publicAddress)
        .networkInterfaces(NetworkShapes.nic(call, instance, publicAddress))
        .blockDeviceMappings(
            volumes(call, instance.id()).stream().map(InstanceShapes::blockDevice).toList());
  }

  static List<VolumeRecord> volumes(Call call, String instanceId) {
    return call.state().volumes.values().stream()
        .filter(volume -> instanceId.equals(volume.instanceId()))
        .toList();
  }

  static Optional<VolumeRecord> volume(Call call, String instanceId, @Nullable String deviceName) {
    return volumes(call, instanceId).stream()
        .filter(one -> one.device().name().equals(deviceName))
        .findFirst();
  }

  static InstanceBlockDeviceMapping blockDevice(VolumeRecord volume) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(volume.device().name())
        .ebs(
            ebs ->
                ebs.volumeId(volume.id())
                    .status("attached")
                    .attachTime(volume.attached())
                    .deleteOnTermination(volume.device().deleteOnTermination()))
        .build();
  }

  private static InstanceMetadataOptionsResponse metadata(
      InstanceRecord.MetadataOptions options, State state) {
    return InstanceMetadataOptionsResponse.builder()
        .state(state == State.PENDING ? "pending" : "applied")
        .httpTokens(options.httpTokens())
        .httpEndpoint(options.httpEndpoint())
        .httpPutResponseHopLimit(options.hopLimit())
        .httpProtocolIpv6("disabled")
        .instanceMetadataTags(options.instanceMetadataTags())
        .build();
  }

  private static @Nullable StateReason reason(InstanceLife life) {
    return life.reason() == null
        ? null
        : StateReason.builder().code(life.reason().code()).message(life.reason().message()).build();
  }

  private static String transition(InstanceLife life) {
    Optional<Instant> when =
        Optional.ofNullable(life.terminateAsked()).or(() -> Optional.ofNullable(life.stopAsked()));
    if (life.reason() == null || when.isEmpty()) {
      return "";
    }
    String at = " (" + IN_WORDS.format(when.get()) + ")";
    return life.reason().code().equals("Client.UserInitiatedShutdown")
        ? "User initiated" + at
        : life.reason().code().startsWith("Server.") ? life.reason().code() + at : "";
  }
}
