package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.MetadataOptions;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.Settings;
import io.wizzie.wcs.ami.localregion.state.KeyPairRecord;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** What a RunInstances request comes to, all of it checked before anything is created. */
record LaunchPlan(
    ImageRecord image,
    ContentRecord content,
    @Nullable KeyPairRecord key,
    NetworkPlan network,
    Settings settings,
    @Nullable String instanceProfile,
    boolean monitoring,
    MetadataOptions metadata,
    List<BlockDevice> devices,
    int count) {
  /** Of one call: this machine has no more room, and EC2 has quotas as well. */
  private static final int MAX_INSTANCES = 20;

  private static final int MAX_USER_DATA_BYTES = 16384;

  /** Instance families with AWS's own processors, such as t4g, m7gd, a1. */
  private static final Pattern ARM = Pattern.compile("(a1|[a-z]+\\d+g[a-z]*)\\..*");

  static LaunchPlan of(Call call, RunInstancesRequest request) {
    refuseUnsupported(request);
    ImageRecord image = image(call, request.imageId());
    return new LaunchPlan(
        image,
        content(call, image),
        key(call, request.keyName()),
        NetworkPlan.of(call, request),
        settings(request, image),
        instanceProfile(request),
        request.monitoring() != null && Boolean.TRUE.equals(request.monitoring().enabled()),
        metadata(request.metadataOptions(), image),
        BlockDevices.merge(call.state(), image.devices(), request.blockDeviceMappings()),
        count(request));
  }

  private static int count(RunInstancesRequest request) {
    if (request.minCount() < 1 || request.maxCount() < 1) {
      throw Refusal.invalidValue(
          "Value (%s) for instance count is invalid. It must be 1 or more"
              .formatted(Math.min(request.minCount(), request.maxCount())));
    }
    if (request.minCount() > request.maxCount()) {
      throw Refusal.invalidCombination(
          "The minimum count of %s is greater than the maximum count of %s"
              .formatted(request.minCount(), request.maxCount()));
    }
    if (request.minCount() > MAX_INSTANCES) {
      throw Refusal.of(
          "InstanceLimitExceeded",
          "The local region launches at most %s instances in one call, %s were requested."
              .formatted(MAX_INSTANCES, request.minCount()));
    }
    return Math.min(request.maxCount(), MAX_INSTANCES);
  }

  private static ImageRecord image(Call call, String imageId) {
    ImageRecord image = Lookup.image(call.state(), imageId);
    if (States.of(image, call.state(), call.now(), call.delays()) != ImageState.AVAILABLE) {
      throw Refusal.of(
          "InvalidAMIID.Unavailable", "The image ID '" + imageId + "' is not available");
    }
    return image;
  }

  private static ContentRecord content(Call call, ImageRecord image) {
    return States.content(image, call.state())
        .orElseThrow(
            () ->
                Refusal.unsupported(
                    ("The image %s can't be launched in the local region: its root snapshot was not"
                            + " made from an instance, so there is no file system behind it")
                        .formatted(image.id())));
  }

  private static @Nullable KeyPairRecord key(Call call, @Nullable String name) {
    return name == null
        ? null
        : KeyPairActions.byName(call.state(), name)
            .filter(key -> !call.state().unseen.containsKey(key.id()))
            .orElseThrow(
                () ->
                    Refusal.of(
                        "InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist"));
  }

  private static Settings settings(RunInstancesRequest request, ImageRecord image) {
    String type =
        request.instanceTypeAsString() == null ? "m1.small" : request.instanceTypeAsString();
    checkType(type, image.machine().architecture());
    String behavior = request.instanceInitiatedShutdownBehaviorAsString();
    return new Settings(
        type,
        Boolean.TRUE.equals(request.disableApiTermination()),
        Boolean.TRUE.equals(request.disableApiStop()),
        true,
        Boolean.TRUE.equals(request.ebsOptimized()),
        oneOf("InstanceInitiatedShutdownBehavior", behavior, "stop", Set.of("stop", "terminate")),
        userData(request.userData()));
  }

  /** Refuses a type that EC2 doesn't have or that can't run the architecture. */
  static void checkType(String type, String architecture) {
    if (InstanceType.fromValue(type) == InstanceType.UNKNOWN_TO_SDK_VERSION) {
      throw Refusal.invalidValue(type, "InstanceType");
    }
    String ofType = ARM.matcher(type).matches() ? "arm64" : "x86_64";
    if (!ofType.equals(architecture)) {
      throw Refusal.invalidValue(
          ("The architecture '%s' of the specified instance type does not match the architecture"
                  + " '%s' of the specified AMI. Specify an instance type and an AMI that have"
                  + " matching architectures, and try again.")
              .formatted(ofType, architecture));
    }
  }

  static @Nullable String userData(@Nullable String base64) {
    if (base64 == null || base64.isEmpty()) {
      return null;
    }
    try {
      if (Base64.getMimeDecoder().decode(base64).length > MAX_USER_DATA_BYTES) {
        throw Refusal.invalidValue("User data is limited to " + MAX_USER_DATA_BYTES + " bytes");
      }
      // Without the line breaks that some clients put in.
      String compact = base64.replaceAll("\\s", "");
      Base64.getDecoder().decode(compact);
      return compact;
    } catch (IllegalArgumentException e) {
      throw Refusal.of("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
    }
  }

  private static @Nullable String instanceProfile(RunInstancesRequest request) {
    if (request.iamInstanceProfile() == null) {
      return null;
    }
    String arn = request.iamInstanceProfile().arn();
    return arn != null
        ? arn
        : "arn:aws:iam::" + Account.ID + ":instance-profile/" + request.iamInstanceProfile().name();
  }

  private static MetadataOptions metadata(
      @Nullable InstanceMetadataOptionsRequest options, ImageRecord image) {
    boolean imageWantsV2 = "v2.0".equals(image.attributes().imdsSupport());
    InstanceMetadataOptionsRequest asked =
        options == null ? InstanceMetadataOptionsRequest.builder().build() : options;
    Integer hops = asked.httpPutResponseHopLimit();
    if (hops != null && (hops < 1 || hops > 64)) {
      throw Refusal.invalidValue(
          "Value (" + hops + ") for HttpPutResponseHopLimit is invalid. It must lie in 1-64");
    }
    Set<String> onOff = Set.of("enabled", "disabled");
    return new MetadataOptions(
        oneOf(
            "HttpTokens",
            asked.httpTokensAsString(),
            imageWantsV2 ? "required" : "optional",
            Set.of("optional", "required")),
        oneOf("HttpEndpoint", asked.httpEndpointAsString(), "enabled", onOff),
        hops != null ? hops : imageWantsV2 ? 2 : 1,
        oneOf("InstanceMetadataTags", asked.instanceMetadataTagsAsString(), "disabled", onOff));
  }

  /** Refuses what would come out differently from what the caller relies on. */
  private static void refuseUnsupported(RunInstancesRequest request) {
    refuse("LaunchTemplate", request.launchTemplate());
    refuse("InstanceMarketOptions", request.instanceMarketOptions());
    refuse("PrivateIpAddress", request.privateIpAddress());
    refuse("KernelId", request.kernelId());
    refuse("RamdiskId", request.ramdiskId());
    if (request.hibernationOptions() != null
        && Boolean.TRUE.equals(request.hibernationOptions().configured())) {
      refuse("HibernationOptions", true);
    }
    if (request.enclaveOptions() != null
        && Boolean.TRUE.equals(request.enclaveOptions().enabled())) {
      refuse("EnclaveOptions", true);
    }
  }

  private static void refuse(String parameter, @Nullable Object value) {
    if (value != null) {
      throw Refusal.unsupported("The local region has no " + parameter + " of RunInstances");
    }
  }

  private static String oneOf(
      String parameter, @Nullable String value, String otherwise, Set<String> allowed) {
    if (value != null && !allowed.contains(value)) {
      throw Refusal.invalidValue(value, parameter);
    }
    return value == null ? otherwise : value;
  }
}
