package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.ec2.client.FailureKind;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions;
import io.wizzie.wcs.ami.ec2.client.RequiredPermissions.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Asks EC2, with {@code DryRun}, whether these credentials may do what a build does. Nothing is
 * created. What is about things that a build has yet to make, such as stopping its builder, can't
 * be asked: EC2 judges by the thing itself, its tags for instance, and an ID made up here would say
 * nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html">
 *     DryRun</a>
 */
public final class Preflight {
  private static final String DRY_RUN = "DryRunOperation";
  private static final String RUN = "ec2:RunInstances";
  private static final String TAG = "ec2:CreateTags";
  private static final String PASS = "iam:PassRole";

  // What EC2 judges the action by, and only a build makes.
  private static final Map<String, String> THINGS =
      Map.of(
          "ec2:StopInstances", "the builder",
          "ec2:TerminateInstances", "the builder",
          "ec2:CreateImage", "the builder",
          "ec2:AuthorizeSecurityGroupIngress", "the security group",
          "ec2:DeleteSecurityGroup", "the security group",
          "ec2:DescribeImageAttribute", "the image",
          "ec2:ModifyImageAttribute", "the image",
          "ec2:DeregisterImage", "the image",
          "ec2:DeleteSnapshot", "the image's snapshot",
          "ec2:DeleteVolume", "a volume of the builder");

  private final Ec2Client client;
  private final BuildSpec spec;
  private final Map<String, Said> answers = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  public Preflight(Ec2Connection connection, BuildSpec spec) {
    this.client = connection.client();
    this.spec = spec;
  }

  /** EC2's answer to an action. */
  public enum Verdict {
    ALLOWED,
    DENIED,
    NOT_ASKABLE
  }

  /**
   * The answer for one permission.
   *
   * @param note why it could not be asked, or EC2's words; may be empty
   */
  public record Answer(Permission permission, Verdict verdict, String note) {}

  private record Said(Verdict verdict, String note) {}

  /**
   * Asks for every permission that the configuration needs.
   *
   * @param name of things that are never made, such as the build's ID
   * @param source null when it could not be found
   * @param subnet null when there is none
   * @return by name of the action
   * @throws Ec2CallException when EC2 can't be asked at all
   */
  public List<Answer> ask(
      String name, @Nullable SourceImage source, @Nullable BuilderSubnet subnet) {
    answers.clear();
    askToLaunch(name, source, subnet);
    List<Answer> all = new ArrayList<>();
    for (Permission permission : RequiredPermissions.of(spec)) {
      Said known = answers.get(permission.action());
      Said said = known == null ? ask(permission.action(), name, subnet) : known;
      all.add(new Answer(permission, said.verdict(), said.note()));
    }
    return List.copyOf(all);
  }

  /** What EC2 found wrong with the launch itself, such as a key pair that does not exist. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private Said ask(String action, String name, @Nullable BuilderSubnet subnet) {
    return switch (action) {
      case "ec2:DescribeImages" ->
          dry(action, () -> client.describeImages(request -> request.owners("self").dryRun(true)));
      case "ec2:DescribeSubnets" ->
          dry(action, () -> client.describeSubnets(request -> request.dryRun(true)));
      case "ec2:DescribeSecurityGroups" ->
          dry(action, () -> client.describeSecurityGroups(request -> request.dryRun(true)));
      case "ec2:DescribeInstances" ->
          dry(action, () -> client.describeInstances(request -> request.dryRun(true)));
      case "ec2:DescribeVolumes" ->
          dry(action, () -> client.describeVolumes(request -> request.dryRun(true)));
      case "ec2:DescribeSnapshots" ->
          dry(
              action,
              () -> client.describeSnapshots(request -> request.ownerIds("self").dryRun(true)));
      case "ec2:DescribeTags" ->
          dry(action, () -> client.describeTags(request -> request.dryRun(true)));
      case "ec2:CreateKeyPair" ->
          dry(
              action,
              () ->
                  client.createKeyPair(
                      request ->
                          request
                              .keyName(name)
                              .tagSpecifications(
                                  ProjectTags.specification(ResourceType.KEY_PAIR, tags(name)))
                              .dryRun(true)));
      case "ec2:DeleteKeyPair" ->
          dry(action, () -> client.deleteKeyPair(request -> request.keyName(name).dryRun(true)));
      case "ec2:CreateSecurityGroup" ->
          subnet == null
              ? new Said(Verdict.NOT_ASKABLE, "needs the subnet's VPC, which is not known")
              : dry(
                  action,
                  () ->
                      client.createSecurityGroup(
                          request ->
                              request
                                  .groupName(name)
                                  .description("Dry run of wcs-ami, never created")
                                  .vpcId(subnet.vpcId())
                                  .tagSpecifications(
                                      ProjectTags.specification(
                                          ResourceType.SECURITY_GROUP, tags(name)))
                                  .dryRun(true)));
      case "ec2:DescribeImageAttribute" -> askOfEarlierImage(action);
      default -> later(action);
    };
  }

  private static Said later(String action) {
    return new Said(
        Verdict.NOT_ASKABLE,
        "needs " + THINGS.getOrDefault(action, "a thing") + ", which a build has yet to make");
  }

  /**
   * An earlier build's image has the same owner and tags as the next one's. Only what reads is
   * asked of it: an endpoint that did not know DryRun would do the rest.
   */
  private Said askOfEarlierImage(String action) {
    Optional<Image> earlier;
    try {
      earlier =
          Ec2Calls.call(
                  "DescribeImages",
                  "Looking for an earlier build's image",
                  () ->
                      client.describeImages(
                          request ->
                              request.owners("self").filters(Filters.tagged(ProjectTags.BUILD_ID))))
              .images()
              .stream()
              .findFirst();
    } catch (Ec2CallException refused) {
      if (!refused.isDenied()) {
        throw refused;
      }
      earlier = Optional.empty();
    }
    return earlier
        .map(
            image ->
                dry(
                    action,
                    () ->
                        client.describeImageAttribute(
                            request ->
                                request
                                    .imageId(image.imageId())
                                    .attribute(ImageAttributeName.LAUNCH_PERMISSION)
                                    .dryRun(true))))
        .orElseGet(() -> later(action));
  }

  // With tags and profile EC2 judges three actions in one; a denial does not always say which.
  private void askToLaunch(
      String name, @Nullable SourceImage source, @Nullable BuilderSubnet subnet) {
    if (source == null || subnet == null) {
      Said unknown =
          new Said(
              Verdict.NOT_ASKABLE,
              "needs the " + (source == null ? "source image" : "subnet") + ", which is not known");
      List.of(RUN, TAG, PASS).forEach(action -> answers.put(action, unknown));
      return;
    }
    Map<String, String> tags = tags(name);
    String profile = spec.builder().iamInstanceProfile();
    requireKeyPair(source, subnet);
    Said all = launch(source, subnet, tags, profile);
    if (all.verdict() != Verdict.DENIED) {
      List.of(RUN, TAG, PASS).forEach(action -> answers.put(action, all));
      return;
    }
    Said bare = launch(source, subnet, Map.of(), null);
    answers.put(RUN, bare);
    if (bare.verdict() == Verdict.ALLOWED) {
      answers.put(TAG, launch(source, subnet, tags, null));
      answers.put(PASS, profile == null ? bare : launch(source, subnet, Map.of(), profile));
    } else {
      Said together = new Said(Verdict.NOT_ASKABLE, "is judged only where RunInstances is allowed");
      answers.put(TAG, together);
      answers.put(PASS, together);
    }
  }

  // DescribeKeyPairs is not in the policy; a launch names the key pair that it misses.
  private void requireKeyPair(SourceImage source, BuilderSubnet subnet) {
    String keyName = spec.ssh().keyName();
    if (keyName == null) {
      return;
    }
    try {
      Ec2Calls.call(
          "RunInstances",
          "Asking for ec2:RunInstances",
          () ->
              client.runInstances(
                  RunRequests.dryRun(
                      source, spec.builder(), subnet.subnetId(), Map.of(), null, keyName)));
    } catch (Ec2CallException answered) {
      if (answered.code().equals("InvalidKeyPair.NotFound")) {
        problems.add("There is no key pair \"" + keyName + "\" in this region. Check ssh.keyName.");
      }
    }
  }

  private Said launch(
      SourceImage source,
      BuilderSubnet subnet,
      Map<String, String> tags,
      @Nullable String profile) {
    return dry(
        RUN,
        () ->
            client.runInstances(
                RunRequests.dryRun(
                    source, spec.builder(), subnet.subnetId(), tags, profile, null)));
  }

  private static Map<String, String> tags(String name) {
    return Map.of(ProjectTags.BUILD_ID, name);
  }

  private static Said dry(String action, Supplier<?> request) {
    try {
      Ec2Calls.call(action.substring("ec2:".length()), "Asking for " + action, request);
      return new Said(Verdict.ALLOWED, "");
    } catch (Ec2CallException answered) {
      if (answered.code().equals(DRY_RUN)) {
        return new Said(Verdict.ALLOWED, "");
      } else if (answered.kind() == FailureKind.DENIED) {
        return new Said(Verdict.DENIED, "");
      } else if (answered.kind() == FailureKind.REFUSED) {
        return new Said(Verdict.NOT_ASKABLE, "EC2 answers " + answered.code());
      }
      throw answered;
    }
  }
}
