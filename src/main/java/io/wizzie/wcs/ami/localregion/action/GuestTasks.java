package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.Guest;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Does the next thing that the state asks of a guest, then writes down that it is done. Each step
 * can be done again if the process died in it.
 */
record GuestTasks(RegionStore store, GuestEngine engine, String network, Clock clock) {
  /** Does one step, and says whether there was one. */
  boolean next(Task task) {
    Optional<Runnable> step =
        store.transaction(
            transaction ->
                switch (task.kind()) {
                  case INSTANCE -> instanceStep(task, transaction.region(task.region()));
                  case CONTENT -> contentStep(task, transaction);
                });
    // Not within the transaction: it may take a minute.
    step.ifPresent(Runnable::run);
    return step.isPresent();
  }

  private Optional<Runnable> instanceStep(Task task, RegionState state) {
    InstanceRecord instance = state.instances.get(task.id());
    if (instance == null || !Task.wanted(task.region(), state).contains(task)) {
      return Optional.empty();
    }
    InstanceLife life = instance.life();
    if (life.terminateAsked() != null) {
      // An image that is still being made of it needs its file system.
      boolean imaged =
          state.contents.values().stream()
              .anyMatch(content -> content.wanted() && task.id().equals(content.instanceId()));
      return imaged ? Optional.empty() : Optional.of(() -> remove(task));
    }
    if (life.stopAsked() != null) {
      return Optional.of(() -> stop(task));
    }
    GuestEngine.GuestRequest request =
        GuestRequests.of(Topology.of(task.region(), network), state, instance);
    boolean again = life.begun() != null;
    state.instances.put(task.id(), instance.withLife(life.begunAt(clock.instant())));
    return Optional.of(() -> launch(task, request, again));
  }

  private void launch(Task task, GuestEngine.GuestRequest request, boolean again) {
    Guest guest;
    try {
      if (again) {
        // A process died while it launched the guest, and nobody knows how far it came.
        engine.remove(task.id());
      }
      guest = engine.launch(request);
    } catch (RuntimeException e) {
      // EC2 does the same with an instance that doesn't come up: the reason tells why.
      change(task, life -> life.terminateAskedAt(clock.instant(), failed(e)));
      return;
    }
    change(task, life -> life.startedAt(clock.instant(), address(guest)));
  }

  private void stop(Task task) {
    if (engine.find(task.id()).isEmpty()) {
      change(task, life -> life.terminateAskedAt(clock.instant(), Observation.LOST));
      return;
    }
    explained(task, () -> engine.stop(task.id()));
    change(task, life -> life.stoppedAt(clock.instant()));
  }

  private void remove(Task task) {
    explained(task, () -> engine.remove(task.id()));
    change(task, life -> life.removedAt(clock.instant()));
  }

  /** A failure is kept where DescribeInstances shows it; the next request tries again. */
  private void explained(Task task, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      change(task, life -> life.because(failed(e)));
      throw e;
    }
  }

  private void change(Task task, UnaryOperator<InstanceLife> change) {
    inRegion(
        task,
        state ->
            state.instances.computeIfPresent(
                task.id(), (id, instance) -> instance.withLife(change.apply(instance.life()))));
  }

  private Optional<Runnable> contentStep(Task task, RegionStore.Transaction transaction) {
    RegionState state = transaction.region(task.region());
    ContentRecord content = state.contents.get(task.id());
    if (content == null || content.base()) {
      return Optional.empty();
    }
    if (!Task.referenced(state, task.id())) {
      boolean elsewhere =
          transaction.names().stream()
              .anyMatch(region -> Task.referenced(transaction.region(region), task.id()));
      return Optional.of(
          () -> forget(task, elsewhere ? () -> {} : () -> engine.removeImage(task.id())));
    }
    if (!content.wanted()) {
      return Optional.empty();
    }
    InstanceRecord source = state.instances.get(content.instanceId());
    return Optional.of(
        source == null || source.life().removed() != null
            ? () -> keep(task, one -> one.failed("The instance was terminated too early"))
            : () -> commit(task, source.id()));
  }

  private void commit(Task task, String instanceId) {
    long bytes;
    try {
      bytes = engine.commit(instanceId, task.id());
    } catch (RuntimeException e) {
      keep(task, content -> content.failed(String.valueOf(e.getMessage())));
      return;
    }
    keep(task, content -> content.completed(clock.instant(), bytes));
  }

  private void keep(Task task, UnaryOperator<ContentRecord> change) {
    inRegion(
        task,
        state ->
            state.contents.computeIfPresent(task.id(), (ref, content) -> change.apply(content)));
  }

  private void forget(Task task, Runnable removal) {
    removal.run();
    inRegion(task, state -> state.contents.remove(task.id()));
  }

  private void inRegion(Task task, Consumer<RegionState> work) {
    store.transaction(
        transaction -> {
          work.accept(transaction.region(task.region()));
          return task;
        });
  }

  /** The guest's address as text; null while it has none. */
  static @Nullable String address(Guest guest) {
    InetAddress address = guest.address();
    return address == null ? null : address.getHostAddress();
  }

  private static InstanceLife.Reason failed(RuntimeException e) {
    return new InstanceLife.Reason(
        "Server.InternalError", "Server.InternalError: " + e.getMessage());
  }
}
