package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.Guest;
import io.wizzie.wcs.ami.localregion.scenario.FaultInjector;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.Reason;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks whether the guests still run that should: a guest can shut itself down, and a container can
 * be lost with the machine's own reboot.
 */
public record Observation(
    RegionStore store, GuestEngine engine, Clock clock, FaultInjector staging) {
  /** Why an instance whose guest is not there any more is terminated. */
  static final Reason LOST =
      new Reason(
          "Server.InternalError",
          "Server.InternalError: The guest was removed, but not through this endpoint");

  /** Looks at the guests of all regions. */
  public void reconcile() {
    store.transaction(RegionStore.Transaction::names).forEach(this::reconcile);
  }

  /** Looks at a region's guests and writes down what happened to them. */
  public void reconcile(String region) {
    List<String> running =
        store.transaction(
            transaction ->
                transaction.region(region).instances.values().stream()
                    .filter(this::running)
                    .map(InstanceRecord::id)
                    .toList());
    // The engine's answers take their time: not within a transaction.
    Map<String, Optional<Guest>> seen = new LinkedHashMap<>();
    running.forEach(id -> seen.put(id, engine.find(id)));
    Instant now = clock.instant();
    store.transaction(
        transaction -> {
          Map<String, InstanceRecord> instances = transaction.region(region).instances;
          seen.forEach(
              (id, guest) ->
                  instances.computeIfPresent(
                      id,
                      (key, instance) ->
                          // It may have been stopped or terminated by a request meanwhile.
                          running(instance)
                              ? instance.withLife(after(instance, guest, now))
                              : instance));
          return seen.size();
        });
  }

  private boolean running(InstanceRecord instance) {
    return States.of(instance, clock.instant(), staging.delays()) == State.RUNNING;
  }

  private InstanceLife after(InstanceRecord instance, Optional<Guest> guest, Instant now) {
    InstanceLife life = instance.life();
    if (guest.isEmpty()) {
      return life.terminateAskedAt(now, LOST);
    }
    if (guest.get().running()) {
      String address = GuestTasks.address(guest.get());
      boolean changed =
          life.downSince() != null || (address != null && !Objects.equals(address, life.address()));
      return changed ? life.seenRunning(address == null ? life.address() : address) : life;
    }
    if (life.downSince() == null) {
      life = life.seenDown(now);
    }
    if (now.isBefore(
        Objects.requireNonNull(life.downSince()).plus(staging.delays().shutdownNotice()))) {
      return life;
    }
    Reason reason =
        new Reason(
            "Client.InstanceInitiatedShutdown",
            "Client.InstanceInitiatedShutdown: Instance initiated shutdown");
    return instance.settings().shutdownBehavior().equals("terminate")
        ? life.terminateAskedAt(now, reason)
        : life.stopAskedAt(now, reason).stoppedAt(now);
  }
}
