package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.node.TextNode;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import io.wizzie.wcs.ami.config.TextForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: files, overrides of the region, and settings of the command line.
 *
 * <p>Of what is given twice the last holds, in this order: defaults; the files, in their order; the
 * files' {@code regions.<region>}, in their order; the settings, in theirs. Objects merge deeply,
 * lists and everything else replace. Null stands for "as if nobody had set it".
 *
 * <p>Relative paths start at the folder of the file that has them, those of a setting at the
 * working folder.
 */
public final class SpecReader {
  /** As long as the IDs of builds are, for checks of names before there is one. */
  private static final String SAMPLE_BUILD_ID = "wcs-20260101-000000-abcdef";

  /** Problems of the region that was chosen come before those of all files. */
  private static final int FIRST = -1;

  private final Problems problems = new Problems();
  private final List<ConfigFile> files = new ArrayList<>();
  private final List<Setting> settings = new ArrayList<>();
  private boolean complete = true;
  private final Set<Path> refused = new HashSet<>();

  private SpecReader() {}

  /**
   * Reads a build's specification.
   *
   * @param files JSON with comments, each laid over the ones before
   * @param settings {@code PATH=VALUE}, such as {@code builder.instanceTypes[0]=t3.large}; the
   *     value is JSON, or text as it stands where the field wants text
   * @param region the region that an option or the environment chose; null leaves it to the files
   *     and settings
   * @return with {@code region} being the one whose overrides were applied
   * @throws InvalidSpecException with everything that is wrong
   */
  public static BuildSpec read(List<Path> files, List<String> settings, @Nullable String region) {
    return examine(files, settings, region).valid();
  }

  /** The group of the configuration as it is where nothing is configured. */
  public static <T> T byDefault(Class<T> group) {
    return RecordMapping.map(group, Defaults.fill(null, RecordShapes.of(group)));
  }

  /** As {@link #read}, but goes on with what can be read, so that more can be looked at. */
  public static SpecReading examine(
      List<Path> files, List<String> settings, @Nullable String region) {
    SpecReader reader = new SpecReader();
    reader.parse(files, settings);
    return reader.build(files, region);
  }

  private void parse(List<Path> paths, List<String> texts) {
    int source = 0;
    for (Path path : paths) {
      ConfigFile file = ConfigFile.read(path, source++, problems);
      complete &= file != null;
      if (file != null) {
        files.add(file);
      }
    }
    for (String text : texts) {
      Setting setting = Setting.read(text, source++, problems);
      complete &= setting != null;
      if (setting != null) {
        settings.add(setting);
      }
    }
  }

  private SpecReading build(List<Path> paths, @Nullable String chosenRegion) {
    Value.Fields build = merge(chosenRegion == null ? writtenRegion() : chosen(chosenRegion));
    MergedConfig effective = new MergedConfig(build);
    Origin whole =
        paths.isEmpty() ? Origin.option(0, "configuration") : Origin.file(0, paths.get(0));
    check(effective, whole);
    new WarningChecks(effective, problems).check(files, settings);
    MergedConfig draft = new MergedConfig(LenientConfig.of(build));
    return new SpecReading(
        RecordMapping.map(BuildSpec.class, draft.build()),
        problems.sorted(),
        problems.warnings(),
        refused,
        LenientConfig.places(draft.build(), whole),
        EffectiveValue.of(draft.build(), FieldTable.BUILD));
  }

  private void check(MergedConfig spec, Origin whole) {
    // With a part missing, what is left would only seem to contradict itself or to be incomplete.
    if (complete) {
      CrossFieldProblems crossField = new CrossFieldProblems(spec, whole, problems);
      new InstanceChecks(spec, crossField).check();
      new ConvergeChecks(spec, crossField).check();
    }
    new WaiverChecks(spec, problems).check();
    new SmokeCheckRules(spec, problems).check();
    new ContentChecks(spec, SAMPLE_BUILD_ID, problems, refused::add).check();
  }

  private @Nullable Value writtenRegion() {
    Value merged = files();
    for (Setting setting : settings) {
      if (!setting.isForRegions()) {
        merged = setting.applyTo(merged, new Problems());
      }
    }
    Value region = merged instanceof Value.Fields fields ? fields.members().get("region") : null;
    return region instanceof Value.Unset ? null : region;
  }

  private Value chosen(String region) {
    Origin origin = Origin.option(FIRST, "--region, AWS_REGION or profile");
    Value value = new Value.Scalar(origin, TextNode.valueOf(region));
    return new ShapeCheck(problems).check(value, new Shape.Text(TextForm.REGION.rule()), "");
  }

  private Value files() {
    Value merged = Value.Fields.empty(Origin.DEFAULT);
    for (ConfigFile file : files) {
      merged = Value.merge(merged, file.main());
    }
    return merged;
  }

  private Value.Fields merge(@Nullable Value region) {
    Value.Fields merged = Defaults.fill(files(), FieldTable.BUILD);
    // Between all steps, so that null undoes what came before it but not what comes after.
    for (UnaryOperator<Value> overrides : overrides(MergedConfig.text(region))) {
      merged = Defaults.fill(overrides.apply(merged), FieldTable.BUILD);
    }
    for (Setting setting : settings) {
      if (!setting.isForRegions()) {
        merged = Defaults.fill(setting.applyTo(merged, problems), FieldTable.BUILD);
      }
    }
    return region == null ? merged : merged.with("region", region);
  }

  private List<UnaryOperator<Value>> overrides(@Nullable String region) {
    List<UnaryOperator<Value>> overrides = new ArrayList<>();
    if (region == null) {
      return overrides;
    }
    for (ConfigFile file : files) {
      Value inRegion = file.regions().get(region);
      if (inRegion instanceof Value.Unset) {
        overrides.clear();
      } else if (inRegion != null) {
        overrides.add(below -> Value.merge(below, inRegion));
      }
    }
    for (Setting setting : settings) {
      Setting inRegion = setting.forRegion(region);
      if (inRegion != null && inRegion.unsetsAll()) {
        overrides.clear();
      } else if (inRegion != null) {
        overrides.add(below -> inRegion.applyTo(below, problems));
      }
    }
    return overrides;
  }
}
