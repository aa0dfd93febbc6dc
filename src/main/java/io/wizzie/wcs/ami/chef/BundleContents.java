package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a bundle, read from this machine's files, with everything that is wrong with them.
 */
record BundleContents(
    CookbookFolders provision,
    ChefObjects roles,
    ChefObjects dataBags,
    ChefObjects environments,
    CookbookFolders bootstrap,
    List<Problem> problems) {
  /** The place of a problem of the configuration itself; its reader knows the line. */
  private static final String CONFIGURATION = "configuration";

  BundleContents {
    problems = List.copyOf(problems);
  }

  /** Reads and checks everything. */
  static BundleContents read(BuildSpec spec) {
    return read(spec, field -> CONFIGURATION);
  }

  /** As {@link #read(BuildSpec)}; {@code where} knows where each field was written. */
  static BundleContents read(BuildSpec spec, UnaryOperator<String> where) {
    // Both phases may have the same folders, and run lists that name the same missing recipe.
    Map<String, Problem> once = new LinkedHashMap<>();
    Consumer<Problem> found =
        problem -> once.putIfAbsent(problem.where() + ": " + problem.message(), problem);
    ProvisionSpec provision = spec.provision();
    CookbookFolders cookbooks =
        CookbookFolders.read(provision.cookbookPaths(), "provision.cookbookPaths", found);
    ChefObjects roles = ChefObjects.named(provision.rolesPath(), "provision.rolesPath", found);
    ChefObjects dataBags =
        ChefObjects.dataBags(provision.dataBagsPath(), "provision.dataBagsPath", found);
    ChefObjects environments =
        ChefObjects.named(provision.environmentsPath(), "provision.environmentsPath", found);
    CookbookFolders bootstrap =
        CookbookFolders.read(spec.bootstrap().cookbookPaths(), "bootstrap.cookbookPaths", found);

    checkPhase(
        "provision",
        provision.runList(),
        provision.attributes(),
        cookbooks,
        isThere(provision.rolesPath()) ? roles : null,
        where,
        found);
    checkPhase(
        "bootstrap",
        spec.bootstrap().runList(),
        spec.bootstrap().attributes(),
        bootstrap,
        null,
        where,
        found);
    if (isThere(provision.environmentsPath())) {
      checkEnvironment(provision.environment(), environments, where, found);
    }
    checkSecret(provision.encryptedDataBagSecretFile(), found);
    return new BundleContents(
        cookbooks, roles, dataBags, environments, bootstrap, new ArrayList<>(once.values()));
  }

  /** From a folder that is not there nothing follows: it is a problem by itself, told already. */
  private static boolean isThere(@Nullable Path folder) {
    return folder != null && Files.isDirectory(folder);
  }

  private static void checkPhase(
      String phase,
      List<String> runList,
      ObjectNode attributes,
      CookbookFolders cookbooks,
      @Nullable ChefObjects roles,
      UnaryOperator<String> where,
      Consumer<Problem> problems) {
    if (attributes.has("run_list") || attributes.has("recipes")) {
      problems.accept(
          new Problem(
              where.apply(phase + ".attributes"),
              phase + ".attributes",
              "has a run list; move it to " + phase + ".runList"));
    }
    if (!cookbooks.complete()) {
      return;
    }
    RunListCheck check =
        new RunListCheck(cookbooks, roles == null ? null : roles.byName(), problems);
    for (int index = 0; index < runList.size(); index++) {
      String field = phase + ".runList[" + index + "]";
      check.check(runList.get(index), where.apply(field), field);
    }
    cookbooks.checkDependencies(check.reached());
  }

  private static void checkEnvironment(
      @Nullable String environment,
      ChefObjects environments,
      UnaryOperator<String> where,
      Consumer<Problem> problems) {
    // Chef knows _default without a file.
    if (environment != null
        && !environment.equals("_default")
        && !environments.byName().containsKey(environment)) {
      problems.accept(
          new Problem(
              where.apply("provision.environment"),
              "provision.environment",
              "there is no environment '"
                  + environment
                  + "' in provision.environmentsPath"
                  + Suggestion.of(environment, environments.byName().keySet())));
    }
  }

  private static void checkSecret(@Nullable Path file, Consumer<Problem> problems) {
    if (file == null) {
      return;
    }
    ProblemReporter reporter =
        new ProblemReporter("provision.encryptedDataBagSecretFile", problems);
    try {
      if (!Files.isRegularFile(file)) {
        reporter.report(file, "does not exist or is no file");
      } else if (!Files.isReadable(file)) {
        reporter.report(
            file, "can't be read by the user who runs this program; correct its permissions");
      } else if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).isBlank()) {
        reporter.report(file, "is empty");
      }
    } catch (IOException e) {
      reporter.report(file, SourceFile.reason(e));
    }
  }
}
