package io.wizzie.wcs.ami.ec2.client;

import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ServiceClientConfiguration;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageResponse;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
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
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
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
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * The client repeats calls by {@link RetryPolicy}'s rules. It knows the actions that the program
 * calls; the pages of paginators go through it as well. They are listed one by one because the JDK
 * takes ten seconds to make a dynamic proxy of the interface's two thousand methods.
 */
public final class RetryingEc2 implements Ec2Client {
  /**
   * Actions whose second time has no second effect: whatever describes, deletes, stops or sets;
   * what makes something of a unique name or a unique rule, so that the second call is refused as a
   * duplicate and {@code SecurityGroups} and {@code Images} find the first one's.
   */
  static final Set<String> IDEMPOTENT =
      Set.of(
          """
              AuthorizeSecurityGroupIngress CreateImage CreateSecurityGroup CreateTags
              DeleteKeyPair DeleteSecurityGroup DeleteSnapshot DeleteVolume DeregisterImage
              DescribeImageAttribute DescribeImages DescribeInstances DescribeRegions
              DescribeSecurityGroups DescribeSnapshots DescribeSubnets DescribeTags
              DescribeVolumes GetPasswordData ModifyImageAttribute ModifyInstanceAttribute
              ModifySnapshotAttribute RegisterImage StopInstances TerminateInstances
              """
              .strip()
              .split("\\s+"));

  /** Actions that are idempotent by the token in their request, where there is one. */
  static final Set<String> BY_CLIENT_TOKEN = Set.of("CopyImage", "CreateVolume", "RunInstances");

  /**
   * Actions that are never repeated when their outcome is unknown. Of a key pair the private key is
   * only in the answer that went lost ({@code KeyPairs} makes another).
   */
  static final Set<String> NOT_IDEMPOTENT =
      Set.of("AttachVolume", "CreateKeyPair", "CreateSnapshot", "DetachVolume");

  private final Ec2Client target;
  private final RetryPolicy policy;

  private RetryingEc2(Ec2Client target, RetryPolicy policy) {
    this.target = target;
    this.policy = policy;
  }

  /** Around a client, in place of the policy it had before. */
  public static Ec2Client around(Ec2Client client, RetryPolicy policy) {
    return new RetryingEc2(client instanceof RetryingEc2 before ? before.target : client, policy);
  }

  private <Q extends Ec2Request, R> R call(Q request, Function<Q, R> call) {
    return policy.call(action(request), isIdempotent(request), () -> call.apply(request));
  }

  private static String action(Ec2Request request) {
    return request.getClass().getSimpleName().replaceFirst("Request$", "");
  }

  static boolean isIdempotent(Ec2Request request) {
    String action = action(request);
    return IDEMPOTENT.contains(action)
        || (BY_CLIENT_TOKEN.contains(action)
            && request.getValueForField("ClientToken", String.class).isPresent());
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
  public AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(
      AuthorizeSecurityGroupIngressRequest request) {
    return call(request, target::authorizeSecurityGroupIngress);
  }

  @Override
  public CreateImageResponse createImage(CreateImageRequest request) {
    return call(request, target::createImage);
  }

  @Override
  public CreateKeyPairResponse createKeyPair(CreateKeyPairRequest request) {
    return call(request, target::createKeyPair);
  }

  @Override
  public CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest request) {
    return call(request, target::createSecurityGroup);
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return call(request, target::createTags);
  }

  @Override
  public DeleteKeyPairResponse deleteKeyPair(DeleteKeyPairRequest request) {
    return call(request, target::deleteKeyPair);
  }

  @Override
  public DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest request) {
    return call(request, target::deleteSecurityGroup);
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return call(request, target::deleteSnapshot);
  }

  @Override
  public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    return call(request, target::deleteVolume);
  }

  @Override
  public DeregisterImageResponse deregisterImage(DeregisterImageRequest request) {
    return call(request, target::deregisterImage);
  }

  @Override
  public DescribeImageAttributeResponse describeImageAttribute(
      DescribeImageAttributeRequest request) {
    return call(request, target::describeImageAttribute);
  }

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return call(request, target::describeImages);
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return call(request, target::describeInstances);
  }

  @Override
  public DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    return call(request, target::describeSecurityGroups);
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    return call(request, target::describeSnapshots);
  }

  @Override
  public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    return call(request, target::describeSubnets);
  }

  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    return call(request, target::describeTags);
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return call(request, target::describeVolumes);
  }

  @Override
  public ModifyImageAttributeResponse modifyImageAttribute(ModifyImageAttributeRequest request) {
    return call(request, target::modifyImageAttribute);
  }

  @Override
  public RunInstancesResponse runInstances(RunInstancesRequest request) {
    return call(request, target::runInstances);
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return call(request, target::stopInstances);
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    return call(request, target::terminateInstances);
  }
}
