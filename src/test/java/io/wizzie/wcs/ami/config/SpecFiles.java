package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wizzie.wcs.ami.config.reader.SpecReader;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Configuration files in a folder of a test, and what reading them comes to. */
public final class SpecFiles {
  /** The least that a build needs to be told. */
  public static final String LEAST =
      """
      {"version": "1.1.0", "sourceImage": {"imageId": "ami-0123456789abcdef0"}}
      """;

  private final Path folder;
  private final List<Path> files = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();
  private @Nullable String region;

  private SpecFiles(Path folder) {
    this.folder = folder;
  }

  public static SpecFiles in(Path folder) {
    return new SpecFiles(folder);
  }

  public SpecFiles file(String name, String text) {
    files.add(create(name, text));
    return this;
  }

  SpecFiles fileThatIsNotThere(String name) {
    files.add(folder.resolve(name));
    return this;
  }

  public SpecFiles set(String... more) {
    settings.addAll(List.of(more));
    return this;
  }

  public SpecFiles region(String name) {
    region = name;
    return this;
  }

  /** A file that the configuration may name. */
  public Path create(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SpecReading examine() {
    return SpecReader.examine(files, settings, region);
  }

  public BuildSpec read() {
    return SpecReader.read(files, settings, region);
  }

  /** The problems as they are printed, a line each, with the test's folder cut off. */
  public String problems() {
    InvalidSpecException thrown = catchThrowableOfType(InvalidSpecException.class, this::read);
    return thrown == null
        ? ""
        : thrown.problems().stream()
            .map(problem -> problem.toString().replace(folder + "/", "") + "\n")
            .collect(Collectors.joining());
  }
}
