package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.ec2.Images;
import io.wizzie.wcs.ami.ec2.KeyPairs;
import io.wizzie.wcs.ami.ec2.SecurityGroups;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ServiceClientConfiguration;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CopyImageResponse;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageResponse;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * A client that repeats calls by {@link RetryPolicy}'s rules. Only what is listed here can be
 * called; the pages of paginators go through it as well. Long, because it is a table.
 *
 * <p>A second time has no second effect: of whatever describes, deletes, stops or sets; of a launch
 * or copy with a client token; of a security group or an image, whose names are unique, so that the
 * second call is refused as a duplicate and {@link SecurityGroups} and {@link Images} find the
 * first one's; of admitting somebody, which is refused as a duplicate too. A key pair is another
 * matter: its private key is only in the answer that went lost ({@link KeyPairs} makes another).
 */
public final class RetryingEc2 implements Ec2Client {
  private final Ec2Client target;
  private final RetryPolicy repetition;

  private RetryingEc2(Ec2Client target, RetryPolicy repetition) {
    this.target = target;
    this.repetition = repetition;
  }

  /** Around a client, in place of the rules it had before. */
  public static Ec2Client around(Ec2Client client, RetryPolicy repetition) {
    return new RetryingEc2(
        client instanceof RetryingEc2 before ? before.target : client, repetition);
  }

  @Override
  public String serviceName() {
    return target.serviceName();
  }

  @Override
  public Ec2ServiceClientConfiguration serviceClientConfiguration() {
    return target.serviceClientConfiguration();
  }

  @Override
  public void close() {
    target.close();
  }

  @Override
  public AttachVolumeResponse attachVolume(AttachVolumeRequest request) {
    return repetition.call("AttachVolume", false, () -> target.attachVolume(request));
  }

  @Override
  public AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(
      AuthorizeSecurityGroupIngressRequest request) {
    return repetition.call(
        "AuthorizeSecurityGroupIngress", true, () -> target.authorizeSecurityGroupIngress(request));
  }

  @Override
  public CopyImageResponse copyImage(CopyImageRequest request) {
    return repetition.call(
        "CopyImage", request.clientToken() != null, () -> target.copyImage(request));
  }

  @Override
  public CreateImageResponse createImage(CreateImageRequest request) {
    return repetition.call("CreateImage", true, () -> target.createImage(request));
  }

  @Override
  public CreateKeyPairResponse createKeyPair(CreateKeyPairRequest request) {
    return repetition.call("CreateKeyPair", false, () -> target.createKeyPair(request));
  }

  @Override
  public CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest request) {
    return repetition.call("CreateSecurityGroup", true, () -> target.createSecurityGroup(request));
  }

  @Override
  public CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) {
    return repetition.call("CreateSnapshot", false, () -> target.createSnapshot(request));
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return repetition.call("CreateTags", true, () -> target.createTags(request));
  }

  @Override
  public CreateVolumeResponse createVolume(CreateVolumeRequest request) {
    return repetition.call(
        "CreateVolume", request.clientToken() != null, () -> target.createVolume(request));
  }

  @Override
  public DeleteKeyPairResponse deleteKeyPair(DeleteKeyPairRequest request) {
    return repetition.call("DeleteKeyPair", true, () -> target.deleteKeyPair(request));
  }

  @Override
  public DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest request) {
    return repetition.call("DeleteSecurityGroup", true, () -> target.deleteSecurityGroup(request));
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return repetition.call("DeleteSnapshot", true, () -> target.deleteSnapshot(request));
  }

  @Override
  public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    return repetition.call("DeleteVolume", true, () -> target.deleteVolume(request));
  }

  @Override
  public DeregisterImageResponse deregisterImage(DeregisterImageRequest request) {
    return repetition.call("DeregisterImage", true, () -> target.deregisterImage(request));
  }

  @Override
  public DescribeImageAttributeResponse describeImageAttribute(
      DescribeImageAttributeRequest request) {
    return repetition.call(
        "DescribeImageAttribute", true, () -> target.describeImageAttribute(request));
  }

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return repetition.call("DescribeImages", true, () -> target.describeImages(request));
  }

  @Override
  public DescribeInstanceStatusResponse describeInstanceStatus(
      DescribeInstanceStatusRequest request) {
    return repetition.call(
        "DescribeInstanceStatus", true, () -> target.describeInstanceStatus(request));
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return repetition.call("DescribeInstances", true, () -> target.describeInstances(request));
  }

  @Override
  public DescribeKeyPairsResponse describeKeyPairs(DescribeKeyPairsRequest request) {
    return repetition.call("DescribeKeyPairs", true, () -> target.describeKeyPairs(request));
  }

  @Override
  public DescribeRegionsResponse describeRegions(DescribeRegionsRequest request) {
    return repetition.call("DescribeRegions", true, () -> target.describeRegions(request));
  }

  @Override
  public DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    return repetition.call(
        "DescribeSecurityGroups", true, () -> target.describeSecurityGroups(request));
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    return repetition.call("DescribeSnapshots", true, () -> target.describeSnapshots(request));
  }

  @Override
  public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    return repetition.call("DescribeSubnets", true, () -> target.describeSubnets(request));
  }

  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    return repetition.call("DescribeTags", true, () -> target.describeTags(request));
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return repetition.call("DescribeVolumes", true, () -> target.describeVolumes(request));
  }

  @Override
  public DetachVolumeResponse detachVolume(DetachVolumeRequest request) {
    return repetition.call("DetachVolume", true, () -> target.detachVolume(request));
  }

  @Override
  public EnableImageDeprecationResponse enableImageDeprecation(
      EnableImageDeprecationRequest request) {
    return repetition.call(
        "EnableImageDeprecation", true, () -> target.enableImageDeprecation(request));
  }

  @Override
  public GetConsoleOutputResponse getConsoleOutput(GetConsoleOutputRequest request) {
    return repetition.call("GetConsoleOutput", true, () -> target.getConsoleOutput(request));
  }

  @Override
  public ModifyImageAttributeResponse modifyImageAttribute(ModifyImageAttributeRequest request) {
    return repetition.call(
        "ModifyImageAttribute", true, () -> target.modifyImageAttribute(request));
  }

  @Override
  public ModifyInstanceAttributeResponse modifyInstanceAttribute(
      ModifyInstanceAttributeRequest request) {
    return repetition.call(
        "ModifyInstanceAttribute", true, () -> target.modifyInstanceAttribute(request));
  }

  @Override
  public ModifySnapshotAttributeResponse modifySnapshotAttribute(
      ModifySnapshotAttributeRequest request) {
    return repetition.call(
        "ModifySnapshotAttribute", true, () -> target.modifySnapshotAttribute(request));
  }

  @Override
  public RegisterImageResponse registerImage(RegisterImageRequest request) {
    return repetition.call("RegisterImage", true, () -> target.registerImage(request));
  }

  @Override
  public RunInstancesResponse runInstances(RunInstancesRequest request) {
    return repetition.call(
        "RunInstances", request.clientToken() != null, () -> target.runInstances(request));
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return repetition.call("StartInstances", true, () -> target.startInstances(request));
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return repetition.call("StopInstances", true, () -> target.stopInstances(request));
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    return repetition.call("TerminateInstances", true, () -> target.terminateInstances(request));
  }
}
