package io.wizzie.wcs.ami.localregion.scenario;

import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import io.wizzie.wcs.ami.localregion.query.BrokenConnection;
import io.wizzie.wcs.ami.localregion.query.LateAnswer;
import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Answer;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.CapacityError;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Fault;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Throttle;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook.Active;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the scenario in force makes of requests; without one the usual times hold. */
public record FaultInjector(ScenarioBook book, RegionTimings usual, Clock clock) {
  /**
   * Answers a request, unless the scenario wants otherwise. EC2 throttles whatever comes, but
   * nothing else befalls a dry run: it would use up a fault that is meant for the call itself.
   */
  public String answer(QueryRequest request, Function<QueryRequest, String> region) {
    Active active = book.active();
    @Nullable TriggeredFault triggered = triggered(active, request);
    if (triggered == null) {
      return region.apply(request);
    }
    Duration answerAfter = triggered.fault().answerAfter();
    if (answerAfter != null) {
      throw late(request, region, answerAfter, triggered.rule());
    }
    if (triggered.fault().afterEffect()) {
      // A refusal is no effect, and is what the client gets.
      String ignored = region.apply(request);
    }
    Answer error = triggered.fault().error();
    if (error != null) {
      throw new Refusal(error.status(), error.code(), error.message()).staged(triggered.rule());
    }
    throw new BrokenConnection(triggered.fault().stall(), triggered.rule());
  }

  private static LateAnswer late(
      QueryRequest request, Function<QueryRequest, String> region, Duration after, String rule) {
    try {
      return new LateAnswer(after, rule, region.apply(request), null);
    } catch (Refusal refusal) {
      return new LateAnswer(after, rule, "", refusal.staged(rule));
    }
  }

  /** How long states last at least. */
  public Delays delays() {
    Active active = book.active();
    return new Delays(usual, active.scenario(), active.since());
  }

  /** How long a thing is not found after its creation, by EC2's resource type. */
  public Map<String, Duration> invisible() {
    return book.active().scenario().invisible();
  }

  /** Refuses instances that the scenario says can't be had. */
  public void checkCapacity(String instanceType, String subnetId, String zone) {
    Active active = book.active();
    List<CapacityError> errors = active.scenario().capacity();
    for (int index = 0; index < errors.size(); index++) {
      CapacityError error = errors.get(index);
      String rule = "capacity[" + index + "]";
      if (error.about(instanceType, subnetId, zone)
          && book.counting(
              active,
              progress -> progress.triggers(rule, error.when(), active.scenario().seed()))) {
        // EC2's server error, which clients retry before they tell anybody.
        throw new Refusal(
                500,
                error.code(),
                ("We currently do not have sufficient %s capacity in the Availability Zone you"
                        + " requested (%s). Our system will be working on provisioning additional"
                        + " capacity.")
                    .formatted(instanceType, zone))
            .staged(rule);
      }
    }
  }

  /** A fault that is triggered, and which of the scenario's it is. */
  private record TriggeredFault(Fault fault, String rule) {}

  private @Nullable TriggeredFault triggered(Active active, QueryRequest request) {
    Scenario scenario = active.scenario();
    String action = request.action();
    boolean dryRun = "true".equalsIgnoreCase(request.parameters().get("DryRun"));
    boolean concerned =
        scenario.throttling().stream().anyMatch(throttle -> throttle.about(action))
            || (!dryRun && scenario.faults().stream().anyMatch(fault -> fault.about(action)));
    if (!concerned) {
      return null;
    }
    // Not thrown inside: what was counted has to be kept.
    Found found =
        book.counting(
            active,
            progress -> {
              @Nullable String throttled = throttled(scenario, action, progress);
              return throttled != null || dryRun
                  ? new Found(throttled, null)
                  : new Found(null, fault(scenario, action, progress));
            });
    if (found.throttled() != null) {
      throw new Refusal(503, "RequestLimitExceeded", "Request limit exceeded.")
          .staged(found.throttled());
    }
    return found.triggered();
  }

  private record Found(@Nullable String throttled, @Nullable TriggeredFault triggered) {}

  private @Nullable String throttled(Scenario scenario, String action, Progress progress) {
    for (int index = 0; index < scenario.throttling().size(); index++) {
      Throttle throttle = scenario.throttling().get(index);
      String rule = "throttling[" + index + "]";
      String bucket = throttle.perAction() ? rule + " " + action : rule;
      if (throttle.about(action) && !progress.takes(bucket, throttle, clock.instant())) {
        return rule;
      }
    }
    return null;
  }

  private static @Nullable TriggeredFault fault(
      Scenario scenario, String action, Progress progress) {
    for (int index = 0; index < scenario.faults().size(); index++) {
      Fault fault = scenario.faults().get(index);
      String rule = "faults[" + index + "]";
      if (fault.about(action) && progress.triggers(rule, fault.when(), scenario.seed())) {
        return new TriggeredFault(fault, rule);
      }
    }
    return null;
  }
}
