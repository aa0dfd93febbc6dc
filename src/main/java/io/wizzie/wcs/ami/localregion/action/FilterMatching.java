package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.Glob;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * The filters that a describing action knows. A thing passes if each filter matches one of its
 * values; in a filter's value {@code *} stands for any characters, {@code ?} for one, and a
 * backslash takes that meaning away.
 */
final class FilterMatching<T> {
  private static final String TAG = "tag:";
  private static final int MAX_VALUES = 200;

  private final Map<String, Function<T, Stream<String>>> known = new HashMap<>();
  private final Function<T, SortedMap<String, String>> tags;

  FilterMatching(Function<T, SortedMap<String, String>> tags) {
    this.tags = tags;
    all("tag-key", thing -> tags.apply(thing).keySet().stream());
    all("tag-value", thing -> tags.apply(thing).values().stream());
  }

  /** A filter on something that a thing has once, or not at all; compared as text. */
  FilterMatching<T> one(String name, Function<T, ? extends @Nullable Object> value) {
    known.put(
        name,
        thing -> {
          Object found = value.apply(thing);
          return found == null ? Stream.of() : Stream.of(found.toString());
        });
    return this;
  }

  /** A filter on something that a thing may have several of. */
  FilterMatching<T> all(String name, Function<T, Stream<String>> values) {
    known.put(name, values);
    return this;
  }

  /** What the request's filters leave, in the same order; one that is not known is refused. */
  List<T> select(Collection<T> things, List<Filter> filters) {
    Predicate<T> passes = thing -> true;
    int values = 0;
    for (Filter filter : filters) {
      if (filter.name() == null) {
        throw Refusal.missing("Filter.Name");
      }
      if (filter.values().isEmpty()) {
        throw Refusal.invalidValue("The filter '" + filter.name() + "' has no values");
      }
      values += filter.values().size();
      passes = passes.and(predicate(filter));
    }
    if (values > MAX_VALUES) {
      throw Refusal.of(
          "FilterLimitExceeded",
          "The maximum number of filter values specified on a single call is " + MAX_VALUES);
    }
    return things.stream().filter(passes).toList();
  }

  /** A page of what the request's filters leave: see {@link Page#of}. */
  Page<T> page(
      Collection<T> things,
      List<Filter> filters,
      @Nullable Integer maxResults,
      int least,
      @Nullable String token) {
    return Page.of(select(things, filters), maxResults, least, token);
  }

  private Predicate<T> predicate(Filter filter) {
    String name = filter.name();
    Function<T, Stream<String>> values = known.get(name);
    if (values == null && name.startsWith(TAG)) {
      String key = name.substring(TAG.length());
      values = thing -> Stream.ofNullable(tags.apply(thing).get(key));
    }
    if (values == null) {
      throw Refusal.invalidValue("The filter '" + name + "' is invalid");
    }
    Function<T, Stream<String>> found = values;
    List<Glob> wanted = filter.values().stream().map(Glob::ofFilter).toList();
    return thing ->
        found.apply(thing).anyMatch(value -> wanted.stream().anyMatch(glob -> glob.matches(value)));
  }
}
