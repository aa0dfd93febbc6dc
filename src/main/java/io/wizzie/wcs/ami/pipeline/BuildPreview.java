package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.Preflight;
import io.wizzie.wcs.ami.ec2.Preflight.Verdict;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a build would do, and what would keep it from it, as far as EC2 tells without anything being
 * created.
 *
 * @param source null when it was not found; a problem says why
 * @param imageName null when the check did not get there
 * @param subnets in the order in which they would be tried
 * @param permissions every one that the configuration needs, by name
 * @param problems of the configuration
 */
public record BuildPreview(
    String region,
    BuildSpec spec,
    @Nullable SourceImage source,
    @Nullable String imageName,
    List<BuilderSubnet> subnets,
    List<String> sourceCidrs,
    List<Preflight.Answer> permissions,
    List<String> problems) {
  public BuildPreview {
    subnets = List.copyOf(subnets);
    sourceCidrs = List.copyOf(sourceCidrs);
    permissions = List.copyOf(permissions);
    problems = List.copyOf(problems);
  }

  /** Whether a build would be begun: nothing is wrong, and nothing is denied. */
  public boolean good() {
    return problems.isEmpty()
        && permissions.stream().noneMatch(answer -> answer.verdict() == Verdict.DENIED);
  }

  /** Looks; throws a BuildException when EC2 can't be asked at all. */
  public static BuildPreview of(BuildSpec spec, BuildOptions options, BuildParts parts) {
    return of(Assignment.of(spec, options, parts));
  }

  static BuildPreview of(Assignment job) {
    BuildSpec spec = job.spec();
    BuildOptions options = job.options();
    BuildParts parts = job.parts();
    Waiter waiter =
        new Waiter(
            parts.clock(), parts.sleeper(), job.jitter(), job.events()::progress, spec.timeouts());
    Ec2Verbs ec2 = Ec2Verbs.over(parts.ec2(), waiter);
    List<String> problems = new ArrayList<>();
    SourceImage source = orProblem(problems, () -> ec2.sourceImages().resolve(spec.sourceImage()));
    BuildPlan plan =
        source == null ? null : orProblem(problems, () -> new CheckStage(job, ec2).run(source));
    List<BuilderSubnet> subnets = plan == null ? null : plan.subnets();
    if (subnets == null) {
      // The check may have ended before it came to them, or because of them.
      subnets = orProblem(new ArrayList<>(), () -> ec2.subnets().resolve(spec.builder()));
    }
    BuilderSubnet first = subnets == null || subnets.isEmpty() ? null : subnets.get(0);
    Preflight preflight = new Preflight(parts.ec2(), spec);
    List<Preflight.Answer> permissions = preflight.ask(options.buildId().value(), source, first);
    problems.addAll(preflight.problems());
    return new BuildPreview(
        parts.ec2().region(),
        spec,
        source,
        plan == null ? null : plan.image().name(),
        subnets == null ? List.of() : subnets,
        plan == null ? List.of() : plan.sourceCidrs(),
        permissions,
        problems);
  }

  // A denial is told with the permissions; whatever else EC2 answers ends the look.
  private static <T> @Nullable T orProblem(List<String> problems, Supplier<T> step) {
    try {
      return step.get();
    } catch (BuildException failed) {
      boolean denied = failed instanceof Ec2CallException call && call.isDenied();
      if (!denied && failed.category() != Category.CONFIGURATION) {
        throw failed;
      }
      if (!denied) {
        problems.add(String.valueOf(failed.getMessage()));
      }
      return null;
    }
  }
}
