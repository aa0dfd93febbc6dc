package io.wizzie.wcs.ami.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The builder instance. */
public record BuilderSpec(
    @Field(
            value =
                "Instance types in order of preference; the next one is tried when EC2 lacks capacity"
                    + " in all subnets.",
            form = TextForm.INSTANCE_TYPE)
        @Field.Default("t3.medium")
        List<String> instanceTypes,
    @Field(value = "Subnet to launch in.", form = TextForm.SUBNET_ID) @Nullable String subnetId,
    @Field(
            value =
                "Several subnets of one VPC in order of preference; where EC2 lacks capacity for an"
                    + " instance type in one, the next is tried, and then the next type.",
            form = TextForm.SUBNET_ID)
        List<String> subnetIds,
    @Field(
            value =
                "Filters of DescribeSubnets; of several matches the one with the most free addresses"
                    + " is tried first. Without any of these, the default subnets.",
            names = TextForm.FILTER_NAME,
            form = TextForm.FILTER_VALUE,
            mostNames = SourceImageSpec.MOST_FILTERS)
        Map<String, List<String>> subnetFilters,
    @Field(
            value =
                "Existing security groups. Without them a temporary one is made that admits SSH only.",
            form = TextForm.SECURITY_GROUP_ID)
        List<String> securityGroupIds,
    @Field(
            value =
                "Who may connect through the temporary security group. Without them only this"
                    + " machine's address, as seen from outside.",
            form = TextForm.CIDR)
        List<String> sourceCidrs,
    @Field("Whether the builder gets a public address. Without it the subnet decides.")
        @Nullable Boolean associatePublicIpAddress,
    @Field(
            value = "Name or ARN of an instance profile. Needs `iam:PassRole`.",
            form = TextForm.INSTANCE_PROFILE)
        @Nullable String iamInstanceProfile,
    @Field("The root volume, set at launch, and so the image's.") RootVolumeSpec rootVolume,
    @Field(
            value = "cloud-config or script that is added to the builder's own user data.",
            form = TextForm.FILE)
        @Nullable Path userDataFile,
    @Field(
            value = "Tags of everything that exists only during the build.",
            names = TextForm.TAG_KEY,
            form = TextForm.TAG_VALUE,
            mostNames = ImageSpec.MOST_TAGS)
        Map<String, String> tags,
    @Field("After this time an abandoned builder ends itself.")
        @Field.Default("2h")
        @Field.Between({"10m", "7d"})
        Duration lifetime,
    @Field("How long the instance may take to run.")
        @Field.Default("5m")
        @Field.Between({"10s", "1h"})
        Duration launchTimeout,
    @Field(
            "How far IMDSv2's token may travel; containers on the builder need 2. IMDSv2 itself"
                + " is always required.")
        @Field.Default("1")
        @Field.Between({"1", "64"})
        int httpPutResponseHopLimit) {
  /** One subnet is a list of one. */
  public BuilderSpec {
    instanceTypes = List.copyOf(instanceTypes);
    subnetIds = subnetId == null ? List.copyOf(subnetIds) : List.of(subnetId);
    subnetFilters = Map.copyOf(subnetFilters);
    securityGroupIds = List.copyOf(securityGroupIds);
    sourceCidrs = List.copyOf(sourceCidrs);
    tags = Map.copyOf(tags);
  }

  /** The root volume, set at launch because CreateImage can't change it. */
  public record RootVolumeSpec(
      @Field(value = "Size in GiB.", name = "volumeSize")
          @Field.Default("30")
          @Field.Between({"1", "65536"})
          int sizeGib,
      @Field(value = "EBS volume type.", form = TextForm.VOLUME_TYPE) @Field.Default("gp3")
          String volumeType,
      @Field("I/O operations per second: gp3, io1 and io2. Without it the type's own.")
          @Field.Between({"100", "256000"})
          @Nullable Integer iops,
      @Field(value = "MiB per second: gp3 only. Without it 125.", name = "throughput")
          @Field.Between({"125", "2000"})
          @Nullable Integer throughputMibps) {}
}
