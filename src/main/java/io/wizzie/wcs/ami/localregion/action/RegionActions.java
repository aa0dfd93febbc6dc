package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.query.ResponseWriter;
import io.wizzie.wcs.ami.localregion.scenario.Delays;
import io.wizzie.wcs.ami.localregion.scenario.FaultInjector;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Answers requests as EC2 does: first whether the action may be called, then whether the request is
 * well-formed, then what it says, alone with the region's state.
 *
 * @param staging what the scenario in force makes of them
 * @param network of the guests, in CIDR notation
 * @param policy decides which of them may be called
 * @param endpoint host and port, for DescribeRegions; known only once it serves
 */
public record RegionActions(
    RegionStore store,
    GuestWork work,
    Observation observation,
    Clock clock,
    FaultInjector staging,
    @Nullable BaseImage base,
    String network,
    Policy policy,
    Supplier<String> endpoint) {
  /** The XML that answers the request, unless it is refused or the scenario in force intervenes. */
  public String answer(QueryRequest request) {
    return staging.answer(request, this::dispatch);
  }

  private String dispatch(QueryRequest request) {
    authorize(request.action());
    Action action =
        ActionTable.find(request.action()).orElseThrow(() -> notImplemented(request.action()));
    SdkPojo typed = action.read(request);
    action.checkRequired(request);
    if ("true".equalsIgnoreCase(request.parameters().get("DryRun"))) {
      throw new Refusal(
          412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
    if (action.observes()) {
      observation.reconcile(request.region());
    }
    Answered answered =
        store.transaction(transaction -> answer(transaction, request, action, typed));
    work.begin(answered.tasks());
    return ResponseWriter.write(request.action(), request.id(), answered.response());
  }

  /** Sees to all regions without a request, so that what they hold is up to date. */
  public void advance() {
    Instant now = clock.instant();
    store.transaction(
        transaction -> {
          Delays delays = staging.delays();
          transaction.names().forEach(name -> tended(transaction, name, now, delays));
          return now;
        });
  }

  private record Answered(SdkPojo response, List<Task> tasks) {}

  private Answered answer(
      RegionStore.Transaction transaction, QueryRequest request, Action action, SdkPojo typed) {
    Instant now = clock.instant();
    Delays delays = staging.delays();
    RegionState state = tended(transaction, request.region(), now, delays);
    Call call =
        new Call(
            request,
            now,
            staging,
            delays,
            endpoint.get(),
            network,
            state,
            name -> tended(transaction, name, now, delays));
    SdkPojo response =
        new Visibility(state, staging.invisible())
            .during(call, () -> action.answer().apply(call, typed));
    return new Answered(response, Task.wanted(request.region(), state));
  }

  private RegionState tended(
      RegionStore.Transaction transaction, String region, Instant now, Delays delays) {
    RegionState state = transaction.region(region);
    new Upkeep(base, network).advance(region, state, now, delays);
    return state;
  }

  private void authorize(String action) {
    if (!ActionTable.known(action)) {
      throw Refusal.of(
          "InvalidAction", "The action " + action + " is not valid for this web service.");
    }
    switch (policy.on(action)) {
      case ALLOWED -> {}
      case NOT_ALLOWED ->
          throw unauthorized(
              action, "because no identity-based policy allows the ec2:" + action + " action");
      case DENIED ->
          throw unauthorized(action, "with an explicit deny in an identity-based policy");
    }
  }

  private static Refusal unauthorized(String action, String reason) {
    return new Refusal(
        403,
        "UnauthorizedOperation",
        ("You are not authorized to perform this operation. User: arn:aws:iam::%s:user/local is not"
                + " authorized to perform: ec2:%s on resource: * %s")
            .formatted(Account.ID, action, reason));
  }

  /** Only under a policy that allows more than the project's own. */
  private static Refusal notImplemented(String action) {
    return Refusal.unsupported("The local region does not have the action " + action);
  }
}
