package io.wizzie.wcs.ami.localregion.contract;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The suite's report, {@code target/contract-report.md}: actions by cases, with what each
 * implementation answers. The implementations are asked by different processes, so each leaves its
 * answers in a file.
 */
final class ContractReport {
  private static final Path FOLDER = Path.of("target", "contract");
  private static final Path MODEL = FOLDER.resolve("model.txt");
  private static final Path REPORT = Path.of("target", "contract-report.md");
  private static final List<String> TARGETS = List.of("local", "moto");
  private static final ObjectMapper JSON = new ObjectMapper();

  private ContractReport() {}

  /** Takes up the answers of one implementation, by case, and writes the report anew. */
  static void add(String target, Map<String, String> answers) {
    try {
      Files.createDirectories(FOLDER);
      JSON.writeValue(FOLDER.resolve(target + ".json").toFile(), answers);
      Map<String, Map<String, String>> all = new LinkedHashMap<>();
      for (String one : TARGETS) {
        Path file = FOLDER.resolve(one + ".json");
        if (Files.exists(file)) {
          all.put(one, JSON.readValue(file.toFile(), new TypeReference<>() {}));
        }
      }
      Files.writeString(REPORT, text(all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes up how much of the endpoint's answers was checked against the service model. */
  static void elements(int answers, int elements) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          MODEL,
          answers
              + " answers of the local region were checked against the service model: "
              + elements
              + " different elements.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Map<String, Map<String, String>> all) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Contract with EC2");
    lines.add("");
    lines.add("What EC2 answers by its documentation, and what these answer: " + all.keySet());
    lines.add("");
    lines.add(summary(all));
    if (Files.exists(MODEL)) {
      lines.add(Files.readString(MODEL));
    }
    lines.add("");
    lines.add("## Actions by cases");
    lines.add("");
    lines.add("| action | cases | " + columns(all, target -> target + " agrees") + " |");
    lines.add("|---|---|" + "---|".repeat(all.size()));
    Map<String, List<Case>> byAction =
        Contract.cases().stream()
            .collect(Collectors.groupingBy(Case::action, TreeMap::new, Collectors.toList()));
    byAction.forEach(
        (action, cases) ->
            lines.add(
                "| "
                    + action
                    + " | "
                    + cases.size()
                    + " | "
                    + columns(all, target -> String.valueOf(agreeing(cases, all, target)))
                    + " |"));
    lines.add("");
    lines.add("## Differences");
    lines.add("");
    lines.add("EC2's documentation is on the side of the second column.");
    lines.add("");
    lines.add("| case | EC2 | who differs | its answer | why |");
    lines.add("|---|---|---|---|---|");
    Contract.cases()
        .forEach(one -> all.forEach((target, answers) -> difference(lines, one, target, answers)));
    lines.add("");
    return String.join("\n", lines);
  }

  private static String summary(Map<String, Map<String, String>> all) {
    List<Case> cases = Contract.cases();
    long actions = cases.stream().map(Case::action).distinct().count();
    return actions
        + " actions, "
        + cases.size()
        + " cases. Agreeing with EC2: "
        + columns(all, target -> target + " " + agreeing(cases, all, target)).replace(" | ", ", ")
        + ".";
  }

  private static String columns(
      Map<String, Map<String, String>> all, Function<String, String> column) {
    return all.keySet().stream().map(column).collect(Collectors.joining(" | "));
  }

  private static long agreeing(
      List<Case> cases, Map<String, Map<String, String>> all, String target) {
    Map<String, String> answers = all.getOrDefault(target, Map.of());
    return cases.stream().filter(one -> one.expected().equals(answers.get(one.id()))).count();
  }

  private static void difference(
      List<String> lines, Case one, String target, Map<String, String> answers) {
    String answer = answers.getOrDefault(one.id(), "not asked");
    if (answer.equals(one.expected())) {
      return;
    }
    Optional<Differences.Difference> known = Differences.of(target, one.id());
    lines.add(
        "| "
            + String.join(
                " | ",
                cell(one.id()),
                cell(one.expected()),
                target,
                cell(answer),
                cell(known.map(Differences.Difference::reason).orElse("**unexplained**")))
            + " |");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
