package io.wizzie.wcs.ami.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.guest.BaseImages;
import io.wizzie.wcs.ami.guest.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the program is run: an empty working folder, an environment without anything of AWS, and a
 * local region that nobody else uses. Closing removes the folder, the region and all its guests.
 */
final class Workplace implements AutoCloseable {
  static final Path TRIAL =
      Path.of("src/test/resources/io/wizzie/wcs/ami/e2e/trial.json").toAbsolutePath();
  static final Path SHIPPED = Path.of("config/wcs-ami.json").toAbsolutePath();

  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY))=(\\S+)$");

  private final Path folder;
  private final Map<String, String> variables = new TreeMap<>();

  private Workplace(Path folder) {
    this.folder = folder;
    variables.put("WCS_AMI_STATE_DIR", stateFolder().toString());
    variables.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
    variables.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  static Workplace open() {
    // Once, and not by several builds at the same time.
    BaseImages.ensure();
    try {
      return new Workplace(Files.createTempDirectory("wcs-ami-e2e-").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  Path stateFolder() {
    return folder.resolve("state");
  }

  /** Runs the program to its end. */
  Ended run(String... arguments) {
    try (Running running = start(arguments)) {
      return running.await();
    }
  }

  Running start(String... arguments) {
    return start(Jvm.command(), arguments);
  }

  /** Runs the program to its end by another command. */
  Ended runBy(List<String> command, String... arguments) {
    try (Running running = start(command, arguments)) {
      return running.await();
    }
  }

  private Running start(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return Running.start(builder(all));
  }

  /** What is run from now on has this variable; null for none of that name. */
  void variable(String name, @Nullable String value) {
    if (value == null) {
      variables.remove(name);
    } else {
      variables.put(name, value);
    }
  }

  /** Puts a scenario in force for the region. */
  void stage(String scenario) {
    Path file = write("scenario.json", scenario);
    run("local", "scenario", "set", file.toString()).requireSuccess();
  }

  /** The access key of the region that is served: its ID and its secret. */
  List<String> accessKey() {
    return List.copyOf(keyVariables().values());
  }

  /** Gives what is run from now on the access key of the region that is served. */
  void signIn() {
    variables.putAll(keyVariables());
  }

  private Map<String, String> keyVariables() {
    Matcher found = EXPORT.matcher(run("local", "env").requireSuccess().stdout());
    Map<String, String> key = new LinkedHashMap<>();
    while (found.find()) {
      key.put(found.group(1), found.group(2).replace("'", ""));
    }
    return key;
  }

  /** Runs a shell script, in which {@code $WCS_AMI} is the program. */
  Ended shell(String script) {
    ProcessBuilder builder = builder(List.of("bash", "-c", script));
    builder.environment().put("WCS_AMI", String.join(" ", Jvm.command()));
    try (Running running = Running.start(builder)) {
      return running.await();
    }
  }

  /** Builds the small image in the local region. */
  Ended buildTrial(String... arguments) {
    return run(trial(arguments));
  }

  static String[] trial(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("build", "--region", "local", "--config", TRIAL.toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("AWS_")
                    || name.startsWith("WCS_AMI_")
                    || List.of("CI", "NO_COLOR", "COLUMNS", "JAVA_TOOL_OPTIONS").contains(name));
    builder.environment().putAll(variables);
    return builder;
  }

  /** The folder of the only build that was begun here. */
  Path buildFolder() {
    try (Stream<Path> builds = Files.list(folder.resolve("output"))) {
      List<Path> all = builds.toList();
      if (all.size() != 1) {
        throw new AssertionError("Not one build but " + all);
      }
      return all.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The actions of EC2 that were called since this was asked last. */
  SortedSet<String> takeCalls() {
    Path log = stateFolder().resolve("log").resolve("actions.jsonl");
    try {
      SortedSet<String> actions = new TreeSet<>();
      for (String line : Files.readAllLines(log)) {
        actions.add(JSON.readTree(line).path("action").textValue());
      }
      Files.delete(log);
      return actions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a scenario in force. */
  void stage(JsonNode scenario) {
    stage(scenario.toString());
  }

  void unstage() {
    run("local", "scenario", "clear").requireSuccess();
  }

  /** Waits until the journal of the only build here is so long, and returns its folder. */
  Path awaitJournal(Running build, int lines) {
    return Journals.await(folder.resolve("output"), build, lines, List.of());
  }

  boolean hasBegunABuild() {
    return Files.exists(folder.resolve("output"));
  }

  /** Writes a file into the working folder. */
  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same region, seen by an EC2 client of this process. */
  RegionView region() {
    return RegionView.open(stateFolder());
  }

  @Override
  public void close() {
    if (Files.exists(stateFolder())) {
      run("local", "reset", "-q").requireSuccess();
    }
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
