package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** CreateTags and DescribeTags, and the tags that other actions give to what they create. */
final class Tags {
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;

  /** EC2's resource types by the prefix of their IDs. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("i", "instance"),
          Map.entry("ami", "image"),
          Map.entry("snap", "snapshot"),
          Map.entry("vol", "volume"),
          Map.entry("key", "key-pair"),
          Map.entry("sg", "security-group"),
          Map.entry("sgr", "security-group-rule"),
          Map.entry("eni", "network-interface"),
          Map.entry("subnet", "subnet"),
          Map.entry("vpc", "vpc"));

  private Tags() {}

  /** The tags of a thing, perhaps none. */
  static SortedMap<String, String> of(RegionState state, String id) {
    return state.tags.getOrDefault(id, Collections.emptySortedMap());
  }

  /** The same as the SDK has them. */
  static List<Tag> shapes(RegionState state, String id) {
    return of(state, id).entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  /** Checks a creating request's tags, which may be for these types, before anything is created. */
  static void check(List<TagSpecification> specifications, Set<String> types) {
    Set<String> seen = new HashSet<>();
    for (TagSpecification specification : specifications) {
      String type = specification.resourceTypeAsString();
      if (type == null) {
        throw Refusal.invalidValue("Tag specification resource type must have a value");
      }
      if (!types.contains(type)) {
        throw Refusal.invalidValue(
            "'" + type + "' is not a valid taggable resource type for this operation.");
      }
      if (!seen.add(type)) {
        throw Refusal.invalidValue(
            "Tag specification resource type '" + type + "' is given more than once");
      }
      if (specification.tags().isEmpty()) {
        throw Refusal.invalidValue("Tag specification must have at least one tag");
      }
      check(specification.tags());
    }
  }

  /** Puts a creating request's tags for this type of thing on one of them. */
  static void apply(Call call, String id, List<TagSpecification> specifications) {
    for (TagSpecification specification : specifications) {
      if (specification.resourceTypeAsString().equals(TYPES.get(Ids.prefix(id)))) {
        put(call.state(), id, specification.tags());
      }
    }
  }

  static CreateTagsResponse create(Call call, CreateTagsRequest request) {
    check(request.tags());
    request.resources().forEach(id -> requireTaggable(call, id));
    request.resources().forEach(id -> put(call.state(), id, request.tags()));
    return CreateTagsResponse.builder().build();
  }

  private static final FilterMatching<TagDescription> FILTERS =
      new FilterMatching<TagDescription>(tag -> new TreeMap<>(Map.of(tag.key(), tag.value())))
          .one("key", TagDescription::key)
          .one("value", TagDescription::value)
          .one("resource-id", TagDescription::resourceId)
          .one("resource-type", TagDescription::resourceTypeAsString);

  static DescribeTagsResponse describe(Call call, DescribeTagsRequest request) {
    List<TagDescription> all =
        call.state().tags.entrySet().stream()
            .flatMap(
                thing ->
                    thing.getValue().entrySet().stream()
                        .map(
                            tag ->
                                TagDescription.builder()
                                    .resourceId(thing.getKey())
                                    .resourceType(TYPES.get(Ids.prefix(thing.getKey())))
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build()))
            .toList();
    Page<TagDescription> page =
        FILTERS.page(all, request.filters(), request.maxResults(), 5, request.nextToken());
    return DescribeTagsResponse.builder().tags(page.items()).nextToken(page.nextToken()).build();
  }

  private static void put(RegionState state, String id, List<Tag> tags) {
    SortedMap<String, String> all = state.tags.computeIfAbsent(id, key -> new TreeMap<>());
    tags.forEach(tag -> all.put(tag.key(), tag.value() == null ? "" : tag.value()));
    if (all.size() > MAX_TAGS) {
      throw Refusal.of(
          "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
    }
  }

  private static void check(List<Tag> tags) {
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      if (tag.key() == null || tag.key().isEmpty()) {
        throw Refusal.invalidValue("Tag key cannot be null or empty");
      }
      if (tag.key().startsWith("aws:")) {
        throw Refusal.invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
      }
      if (tag.key().length() > MAX_KEY) {
        throw Refusal.invalidValue(
            "Tag key exceeds the maximum length of " + MAX_KEY + " characters");
      }
      if (tag.value() != null && tag.value().length() > MAX_VALUE) {
        throw Refusal.invalidValue(
            "Tag value exceeds the maximum length of " + MAX_VALUE + " characters");
      }
      if (!keys.add(tag.key())) {
        throw Refusal.invalidValue("Duplicate tag key '" + tag.key() + "' specified.");
      }
    }
  }

  private static void requireTaggable(Call call, String id) {
    RegionState state = call.state();
    boolean exists =
        switch (Ids.prefix(id)) {
          case "i" -> Lookup.INSTANCES.one(state, id).id().equals(id);
          case "ami" -> Lookup.image(state, id).id().equals(id);
          case "snap" -> Lookup.SNAPSHOTS.one(state, id).id().equals(id);
          case "vol" -> Lookup.VOLUMES.one(state, id).id().equals(id);
          case "sg" -> Lookup.GROUPS.one(state, id).id().equals(id);
          case "key" -> state.keyPairs.values().stream().anyMatch(key -> key.id().equals(id));
          case "sgr" ->
              state.groups.values().stream()
                  .flatMap(group -> group.rules().stream())
                  .anyMatch(rule -> rule.id().equals(id));
          case "eni" ->
              state.instances.values().stream()
                  .anyMatch(instance -> instance.nic().id().equals(id));
          case "subnet" -> call.topology().bySubnet(id).isPresent();
          case "vpc" -> call.topology().vpcId().equals(id);
          default -> false;
        };
    if (!exists) {
      throw Refusal.of("InvalidID", "The ID '" + id + "' is not valid");
    }
  }
}
