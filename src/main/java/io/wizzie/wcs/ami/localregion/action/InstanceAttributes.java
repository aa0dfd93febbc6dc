package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.Settings;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.SecureBlobAttributeValue;

/**
 * ModifyInstanceAttribute. A guest that runs already keeps what it was started with; this changes
 * what is said about it and what EC2's rules make of it.
 */
final class InstanceAttributes {
  private InstanceAttributes() {}

  static ModifyInstanceAttributeResponse modify(
      Call call, ModifyInstanceAttributeRequest original) {
    ModifyInstanceAttributeRequest request = named(original);
    InstanceRecord instance = Lookup.INSTANCES.one(call.state(), request.instanceId());
    if (call.stateOf(instance).ended()) {
      throw Refusal.of(
          "IncorrectInstanceState", "The instance '" + instance.id() + "' is terminated.");
    }
    InstanceRecord changed = instance.withSettings(settings(call, instance, request));
    if (!request.groups().isEmpty()) {
      Lookup.GROUPS.all(call.state(), request.groups());
      changed = changed.withNic(changed.nic().withGroups(request.groups()));
    }
    call.state().instances.put(changed.id(), changed);
    request.blockDeviceMappings().forEach(mapping -> changeDevice(call, instance, mapping));
    return ModifyInstanceAttributeResponse.builder().build();
  }

  private static Settings settings(
      Call call, InstanceRecord instance, ModifyInstanceAttributeRequest request) {
    Settings now = instance.settings();
    boolean needsStop =
        request.instanceType() != null
            || request.userData() != null
            || request.ebsOptimized() != null;
    if (needsStop && call.stateOf(instance) != State.STOPPED) {
      throw Refusal.of(
          "IncorrectInstanceState",
          "The instance '" + instance.id() + "' is not in the 'stopped' state.");
    }
    String type = text(request.instanceType(), now.instanceType());
    LaunchPlan.checkType(type, instance.launch().architecture());
    String behavior = text(request.instanceInitiatedShutdownBehavior(), now.shutdownBehavior());
    if (!Set.of("stop", "terminate").contains(behavior)) {
      throw Refusal.invalidValue(behavior, "InstanceInitiatedShutdownBehavior");
    }
    return new Settings(
        type,
        flag(request.disableApiTermination(), now.disableApiTermination()),
        flag(request.disableApiStop(), now.disableApiStop()),
        flag(request.sourceDestCheck(), now.sourceDestCheck()),
        flag(request.ebsOptimized(), now.ebsOptimized()),
        behavior,
        userData(request.userData(), now.userData()));
  }

  /** The older form, {@code Attribute} and {@code Value}, as the newer one. */
  private static ModifyInstanceAttributeRequest named(ModifyInstanceAttributeRequest request) {
    String name = request.attributeAsString();
    String value = request.value();
    if (name == null) {
      return request;
    }
    if (value == null) {
      // Devices have parameters of their own, whatever the attribute's name is.
      if (name.equals("blockDeviceMapping") || name.equals("groupSet")) {
        return request;
      }
      throw Refusal.missing("Value");
    }
    AttributeValue text = AttributeValue.builder().value(value).build();
    AttributeBooleanValue flag =
        AttributeBooleanValue.builder().value(value.equalsIgnoreCase("true")).build();
    ModifyInstanceAttributeRequest.Builder newer = request.toBuilder();
    switch (name) {
      case "instanceType" -> newer.instanceType(text);
      case "instanceInitiatedShutdownBehavior" -> newer.instanceInitiatedShutdownBehavior(text);
      case "disableApiTermination" -> newer.disableApiTermination(flag);
      case "disableApiStop" -> newer.disableApiStop(flag);
      case "sourceDestCheck" -> newer.sourceDestCheck(flag);
      case "ebsOptimized" -> newer.ebsOptimized(flag);
      case "userData" -> newer.userData(data -> data.value(decoded(value)));
      default -> throw Refusal.unsupported("The local region has no instance attribute " + name);
    }
    return newer.build();
  }

  private static void changeDevice(
      Call call, InstanceRecord instance, InstanceBlockDeviceMappingSpecification mapping) {
    VolumeRecord volume =
        InstanceShapes.volume(call, instance.id(), mapping.deviceName())
            .orElseThrow(
                () ->
                    Refusal.of(
                        "InvalidInstanceAttributeValue",
                        "No device is currently mapped at " + mapping.deviceName()));
    if (mapping.ebs() == null || mapping.ebs().deleteOnTermination() == null) {
      return;
    }
    BlockDevice device = volume.device();
    call.state()
        .volumes
        .put(
            volume.id(),
            volume.withDevice(device.withDeleteOnTermination(mapping.ebs().deleteOnTermination())));
  }

  private static boolean flag(@Nullable AttributeBooleanValue asked, boolean now) {
    return (asked == null || asked.value() == null) ? now : asked.value();
  }

  private static String text(@Nullable AttributeValue asked, String now) {
    return asked == null || asked.value() == null ? now : asked.value();
  }

  private static @Nullable String userData(
      @Nullable SecureBlobAttributeValue asked, @Nullable String now) {
    return asked == null || asked.value() == null
        ? now
        : LaunchPlan.userData(Base64.getEncoder().encodeToString(asked.value().asByteArray()));
  }

  /** In the older form the value is base64 text of the client's own making. */
  private static SdkBytes decoded(String value) {
    String base64 = LaunchPlan.userData(value);
    return base64 == null
        ? SdkBytes.fromByteArray(new byte[0])
        : SdkBytes.fromByteArray(Base64.getDecoder().decode(base64));
  }
}
