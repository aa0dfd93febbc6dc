package io.wizzie.wcs.ami.localregion.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Parameters of the Query protocol as the SDK's request types. */
class RequestReaderTest {

  @Test
  void nestedListsAndStructuresAreRead() {
    RunInstancesRequest request =
        run(
            Map.of(
                "NetworkInterface.1.DeviceIndex", "0",
                "NetworkInterface.1.SecurityGroupId.1", "sg-1",
                "NetworkInterface.1.SecurityGroupId.2", "sg-2",
                "NetworkInterface.1.AssociatePublicIpAddress", "true",
                "TagSpecification.1.ResourceType", "instance",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "",
                "MinCount", "1",
                "MetadataOptions.HttpTokens", "required"));

    assertThat(request.networkInterfaces())
        .singleElement()
        .satisfies(
            nic -> {
              assertThat(nic.deviceIndex()).isZero();
              assertThat(nic.groups()).containsExactly("sg-1", "sg-2");
              assertThat(nic.associatePublicIpAddress()).isTrue();
            });
    assertThat(request.tagSpecifications().get(0).tags())
        .containsExactly(Tag.builder().key("Name").value("").build());
    assertThat(request.minCount()).isEqualTo(1);
    assertThat(request.maxCount()).isNull();
    assertThat(request.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(request.clientToken()).isNull();
  }

  @Test
  void membersComeInTheOrderOfTheirNumbersNotOfTheirDigits() {
    RunInstancesRequest request =
        run(
            Map.of(
                "SecurityGroupId.10", "c",
                "SecurityGroupId.9", "b",
                "SecurityGroupId.1", "a"));

    assertThat(request.securityGroupIds()).containsExactly("a", "b", "c");
  }

  @Test
  void anEmptyNoDeviceIsWhatLeavesADeviceOut() {
    assertThat(
            run(Map.of(
                    "BlockDeviceMapping.1.DeviceName", "/dev/sdb",
                    "BlockDeviceMapping.1.NoDevice", ""))
                .blockDeviceMappings())
        .containsExactly(BlockDeviceMapping.builder().deviceName("/dev/sdb").noDevice("").build());
    assertThat(run(Map.of("KeyName", "")).keyName()).isNull();
  }

  @Test
  void bytesAreBase64() {
    ModifyInstanceAttributeRequest request =
        (ModifyInstanceAttributeRequest)
            RequestReader.read(
                ModifyInstanceAttributeRequest::builder,
                new TreeMap<>(Map.of("UserData.Value", "aGk=")));

    assertThat(request.userData().value()).isEqualTo(SdkBytes.fromUtf8String("hi"));
  }

  @Test
  void whatTheModelDoesNotKnowIsRefusedByItsFullName() {
    assertUnknown("Colour");
    assertUnknown("NetworkInterface.1.Colour");
    assertUnknown("NetworkInterface");
    assertUnknown("NetworkInterface.first.DeviceIndex");
    assertUnknown("KeyName.1");
    assertUnknown("SecurityGroupId.1.2");
    assertUnknown("MetadataOptions");
  }

  private static void assertUnknown(String parameter) {
    assertThatThrownBy(() -> run(Map.of(parameter, "x")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("UnknownParameter"))
        .hasMessageContaining(parameter.split("\\.first", -1)[0]);
  }

  private static RunInstancesRequest run(Map<String, String> parameters) {
    return (RunInstancesRequest)
        RequestReader.read(RunInstancesRequest::builder, new TreeMap<>(parameters));
  }
}
