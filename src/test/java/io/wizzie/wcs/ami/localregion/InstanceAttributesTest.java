package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.EbsInstanceBlockDeviceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.SecureBlobAttributeValue;

/** ModifyInstanceAttribute. */
class InstanceAttributesTest extends RegionTest {

  @Test
  void theTypeAndUserDataChangeOnlyWhileItIsStopped() {
    String running = running().instanceId();
    ModifyInstanceAttributeRequest.Builder type =
        ModifyInstanceAttributeRequest.builder()
            .instanceType(AttributeValue.builder().value("m5.large").build());

    assertThat(refusal(() -> modify(type, running))).isEqualTo("IncorrectInstanceState");
    String stopped = stopped(oneInstance()).instanceId();
    modify(type, stopped);
    modify(
        ModifyInstanceAttributeRequest.builder()
            .userData(
                SecureBlobAttributeValue.builder()
                    .value(SdkBytes.fromUtf8String("#!/bin/sh"))
                    .build()),
        stopped);
    assertThat(described(stopped).instanceTypeAsString()).isEqualTo("m5.large");
    assertThat(
            refusal(
                () ->
                    modify(
                        ModifyInstanceAttributeRequest.builder()
                            .instanceType(AttributeValue.builder().value("t4g.large").build()),
                        stopped)))
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void theOlderFormNamesItsAttribute() {
    String id = running().instanceId();
    ModifyInstanceAttributeRequest.Builder behavior =
        ModifyInstanceAttributeRequest.builder()
            .attribute(InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR);

    modify(behavior.value("terminate"), id);
    engine.shutDown(id);
    assertThat(stateOf(id)).isEqualTo("running");
    later();
    assertThat(stateOf(id)).isEqualTo("shutting-down");

    String other = running().instanceId();
    assertThat(refusal(() -> modify(behavior.value("explode"), other)))
        .isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> modify(behavior.value(null), other))).isEqualTo("MissingParameter");
    assertThat(
            refusal(
                () ->
                    modify(
                        ModifyInstanceAttributeRequest.builder()
                            .attribute(InstanceAttributeName.KERNEL)
                            .value("aki-1"),
                        other)))
        .isEqualTo("UnsupportedOperation");
  }

  @Test
  void groupsAndDevicesChange() {
    String id = running().instanceId();
    String group =
        ec2.createSecurityGroup(
                CreateSecurityGroupRequest.builder().groupName("g").description("d").build())
            .groupId();
    modify(ModifyInstanceAttributeRequest.builder().groups(group), id);
    modify(
        ModifyInstanceAttributeRequest.builder()
            .sourceDestCheck(AttributeBooleanValue.builder().value(false).build()),
        id);
    modify(device("/dev/xvda"), id);

    assertThat(described(id).securityGroups())
        .singleElement()
        .satisfies(one -> assertThat(one.groupId()).isEqualTo(group));
    assertThat(described(id).sourceDestCheck()).isFalse();
    assertThat(described(id).blockDeviceMappings().get(0).ebs().deleteOnTermination()).isFalse();
    assertThat(refusal(() -> modify(device("/dev/sdz"), id)))
        .isEqualTo("InvalidInstanceAttributeValue");
    terminate(id);
    assertThat(refusal(() -> modify(device("/dev/xvda"), id))).isEqualTo("IncorrectInstanceState");
    later();
    assertThat(ec2.describeVolumes().volumes()).hasSize(1);
  }

  private void modify(ModifyInstanceAttributeRequest.Builder request, String instanceId) {
    ec2.modifyInstanceAttribute(request.instanceId(instanceId).build());
  }

  private static ModifyInstanceAttributeRequest.Builder device(String name) {
    return ModifyInstanceAttributeRequest.builder()
        .blockDeviceMappings(
            InstanceBlockDeviceMappingSpecification.builder()
                .deviceName(name)
                .ebs(
                    EbsInstanceBlockDeviceSpecification.builder()
                        .deleteOnTermination(false)
                        .build())
                .build());
  }
}
