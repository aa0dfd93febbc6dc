package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import io.wizzie.wcs.ami.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What reading the configuration came to, good or not.
 *
 * @param draft the specification; where it is not valid, a default stands for what was refused or
 *     is missing, so that the files it names can be looked at too, but nothing may be built of it
 * @param problems for which it is not valid
 * @param warnings of what may be a mistake, but does not make it invalid
 * @param refused files and folders of the draft that can't be used, reported in {@code problems}
 * @param places by path of a field, such as {@code provision.runList[0]}, where it was written; ""
 *     is the whole
 * @param effective all values of the draft, with what they are from
 */
public record SpecReading(
    BuildSpec draft,
    List<Problem> problems,
    List<Problem> warnings,
    Set<Path> refused,
    Map<String, String> places,
    List<EffectiveValue> effective) {
  public SpecReading {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    refused = Set.copyOf(refused);
    places = Map.copyOf(places);
    effective = List.copyOf(effective);
  }

  /** A specification that is valid, wherever it was written. */
  public static SpecReading of(BuildSpec spec) {
    return new SpecReading(spec, List.of(), List.of(), Set.of(), Map.of(), List.of());
  }

  /**
   * The specification.
   *
   * @throws InvalidSpecException with every problem, if there is one
   */
  public BuildSpec valid() {
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return draft;
  }

  /** File and line, or option, of a field; of what it is in, when nobody wrote it. */
  public String where(String path) {
    String at = path;
    while (!places.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return places.getOrDefault(at, "configuration");
  }
}
