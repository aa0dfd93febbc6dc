package io.wizzie.wcs.ami.ec2;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Filter;

/** Filters of EC2's Describe actions. */
final class Filters {
  private Filters() {}

  static Filter of(String name, String value) {
    return of(name, List.of(value));
  }

  static Filter of(String name, Collection<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** Resources that have the tag, whatever its value. */
  static Filter tagged(String key) {
    return of("tag-key", key);
  }

  static List<Filter> of(Map<String, List<String>> filters) {
    return filters.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(filter -> of(filter.getKey(), filter.getValue()))
        .toList();
  }

  /** As a person would write them. */
  static String describe(Map<String, List<String>> filters) {
    return filters.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(filter -> filter.getKey() + "=" + String.join(",", filter.getValue()))
        .reduce((left, right) -> left + ", " + right)
        .orElse("no filters");
  }
}
