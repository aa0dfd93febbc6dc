package io.wizzie.wcs.ami.ec2;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The filters of Describe actions that the program uses; any other is refused loudly. */
final class FakeFilters {
  private FakeFilters() {}

  static boolean owned(List<String> owners, Image image) {
    return owners.isEmpty()
        || owners.contains(image.ownerId())
        || owners.contains(image.imageOwnerAlias());
  }

  static boolean matches(Image image, List<Filter> filters) {
    return hasId("image-id", image.imageId(), filters)
        && matches(image.tags(), image.name(), "name", without("image-id", filters));
  }

  /** Whether the filter of that name, if there is one, lets the ID through. */
  static boolean hasId(String name, String id, List<Filter> filters) {
    return filters.stream()
        .filter(filter -> filter.name().equals(name))
        .allMatch(filter -> filter.values().contains(id));
  }

  static List<Filter> without(String name, List<Filter> filters) {
    return filters.stream().filter(filter -> !filter.name().equals(name)).toList();
  }

  static boolean matches(Instance instance, List<Filter> filters) {
    List<Filter> rest = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter.name().equals("instance-state-name")) {
        if (!filter.values().contains(instance.state().nameAsString())) {
          return false;
        }
      } else {
        rest.add(filter);
      }
    }
    return hasId("instance-id", instance.instanceId(), rest)
        && matches(
            instance.tags(),
            String.valueOf(instance.clientToken()),
            "client-token",
            without("instance-id", rest));
  }

  static boolean matches(List<Tag> tags, String name, String nameFilter, List<Filter> filters) {
    for (Filter filter : filters) {
      boolean hit;
      if (filter.name().equals(nameFilter)) {
        hit = filter.values().stream().anyMatch(value -> name.matches(value.replace("*", ".*")));
      } else if (filter.name().equals("tag-key")) {
        hit = tags.stream().anyMatch(tag -> filter.values().contains(tag.key()));
      } else if (filter.name().startsWith("tag:")) {
        String value = ProjectTags.value(tags, filter.name().substring(4));
        hit = filter.values().contains(value);
      } else {
        throw new UnsupportedOperationException("Filter " + filter.name());
      }
      if (!hit) {
        return false;
      }
    }
    return true;
  }
}
