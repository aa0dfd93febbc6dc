package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import io.wizzie.wcs.ami.localregion.state.WorkLock;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Makes the guests what the state says they should be, beside the requests: no caller waits for a
 * guest to stop or to be copied, as none does in EC2. Whatever a process leaves undone the next one
 * finds in the state and does.
 */
public final class GuestWork {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Whoever closes the region is told what it waits for after so many. */
  private static final int SILENT_PAUSES = 20;

  private final RegionStore store;
  private final GuestTasks steps;
  private final Executor executor;

  /** Those under way here; true if the state changed meanwhile, so that it has to be read again. */
  private final Map<Task, Boolean> underWay = new ConcurrentHashMap<>();

  /** What the last attempt found another process at, which then sees to it. */
  private final Set<Task> elsewhere = ConcurrentHashMap.newKeySet();

  /** What the last attempt failed with. */
  private final Map<Task, String> failures = new ConcurrentHashMap<>();

  /**
   * Prepares the work on the executor; one that runs it at once makes every request wait for it.
   */
  public GuestWork(
      RegionStore store, GuestEngine engine, String network, Clock clock, Executor executor) {
    this.store = store;
    this.steps = new GuestTasks(store, engine, network, clock);
    this.executor = executor;
  }

  /** Begins everything that is to be done in any region. */
  public void resume() {
    store.transaction(
        transaction -> {
          Set<String> known = new HashSet<>();
          for (String region : transaction.names()) {
            known.addAll(transaction.region(region).instances.keySet());
            known.addAll(transaction.region(region).contents.keySet());
          }
          WorkLock.sweep(store.folder(), known);
          return known;
        });
    begin(wanted());
  }

  void begin(List<Task> tasks) {
    for (Task task : tasks) {
      if (claim(task)) {
        executor.execute(() -> run(task));
      }
    }
  }

  /**
   * Waits until nothing is left to do here, so that a process that ends leaves no guest behind that
   * should be gone. An interrupt ends the wait; the next process takes up what is left.
   *
   * @param say gets a line on what is waited for, when that takes its time
   * @return the IDs of what is left nevertheless, with the reason
   */
  public SortedMap<String, String> finish(Duration atMost, Sleeper sleeper, Consumer<String> say) {
    failures.clear();
    elsewhere.clear();
    List<Task> left = ours();
    boolean interrupted = false;
    long most = atMost.dividedBy(PAUSE);
    for (long pauses = 0;
        pauses < most && !interrupted && !failures.keySet().containsAll(left);
        pauses++) {
      if (pauses == SILENT_PAUSES) {
        say.accept(
            "The local region waits, before it closes, for the work on %s; an interrupt leaves that"
                    .formatted(left.stream().map(Task::id).toList())
                + " to its next start.");
      }
      begin(left.stream().filter(task -> !failures.containsKey(task)).toList());
      try {
        sleeper.sleep(PAUSE);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = ours();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    SortedMap<String, String> reasons = new TreeMap<>();
    left.forEach(task -> reasons.put(task.id(), failures.getOrDefault(task, "not done in time")));
    return reasons;
  }

  private List<Task> ours() {
    return wanted().stream().filter(task -> !elsewhere.contains(task)).toList();
  }

  private List<Task> wanted() {
    return store.transaction(
        transaction ->
            transaction.names().stream()
                .flatMap(region -> Task.wanted(region, transaction.region(region)).stream())
                .toList());
  }

  private void run(Task task) {
    boolean progress = false;
    do {
      progress |= attempt(task);
    } while (askedAgain(task));
    if (progress) {
      // Something may have waited for it: the removal of a guest for the end of its copying.
      begin(wanted());
    }
  }

  /** Does all steps of the task there are, unless another process is at it. */
  private boolean attempt(Task task) {
    boolean progress = false;
    try {
      Optional<LockFile> right = WorkLock.tryTake(store.folder(), task.id());
      if (right.isPresent()) {
        try (LockFile held = right.get()) {
          while (held.valid() && steps.next(task)) {
            progress = true;
          }
        }
        elsewhere.remove(task);
      } else {
        elsewhere.add(task);
      }
      failures.remove(task);
    } catch (RuntimeException e) {
      // Nobody waits for this thread; finish() tells whoever closes the region.
      failures.put(task, String.valueOf(e.getMessage()));
    }
    return progress;
  }

  /** Takes the task, or tells the thread that has it to look again. */
  private boolean claim(Task task) {
    boolean[] fresh = {false};
    underWay.compute(
        task,
        (key, again) -> {
          fresh[0] = again == null;
          return again != null;
        });
    return fresh[0];
  }

  private boolean askedAgain(Task task) {
    return underWay.computeIfPresent(task, (key, again) -> again ? false : null) != null;
  }
}
