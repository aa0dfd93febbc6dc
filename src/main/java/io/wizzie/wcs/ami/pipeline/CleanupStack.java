package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.base.Uninterrupted;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceLeft;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceRemoved;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the build has made and must remove again, newest first.
 *
 * <p>Removal carries on past failures, is not stopped by an interrupt, and returns what could not
 * be removed instead of throwing, so that it never hides the failure that led to it.
 */
final class CleanupStack {
  private final Clock clock;
  private final EventStream events;
  private final Journal journal;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final List<Leftover> left = new ArrayList<>();
  private boolean any;

  CleanupStack(Clock clock, EventStream events, Journal journal) {
    this.clock = clock;
    this.events = events;
    this.journal = journal;
  }

  /** Removes something that may have been made more than once or not at all. */
  @FunctionalInterface
  interface Removal {
    /** Returns the IDs of what is gone now. */
    List<String> remove();
  }

  /**
   * One thing to remove.
   *
   * @param command by which a person removes it
   */
  record Entry(ResourceId resource, String command, Removal removal) {}

  synchronized void push(Entry entry) {
    any = true;
    entries.push(entry);
  }

  /** Puts an entry where it is removed right after another: a snapshot after its image. */
  synchronized void pushUnder(ResourceId upper, Entry entry) {
    any = true;
    List<Entry> above = new ArrayList<>();
    while (!entries.isEmpty()) {
      Entry top = entries.pop();
      above.add(0, top);
      if (top.resource().equals(upper)) {
        break;
      }
    }
    entries.push(entry);
    above.forEach(entries::push);
  }

  /** The thing is to stay. */
  synchronized void forget(ResourceId resource) {
    entries.removeIf(entry -> entry.resource().equals(resource));
  }

  boolean has(ResourceId resource) {
    return find(resource) != null;
  }

  /** Whether anything was made, or may have been. */
  synchronized boolean any() {
    return any;
  }

  synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The thing is to stay although nobody will be given it. */
  void leave(ResourceId resource, String reason) {
    Entry entry = find(resource);
    if (entry != null) {
      forget(resource);
      leave(entry, true, reason);
    }
  }

  /**
   * Removes one thing early, when it is no longer needed. What can't be removed now stays on the
   * stack, to be tried again at the end.
   */
  void removeNow(ResourceId resource) {
    Entry entry = find(resource);
    if (entry == null) {
      return;
    }
    try {
      List<String> gone = entry.removal().remove();
      forget(resource);
      gone.forEach(id -> reportRemoved(resource, id));
    } catch (RuntimeException failed) {
      events.warn("The " + resource + " is still there: " + Failures.firstLine(failed));
    }
  }

  /** Removes everything and returns what could not be removed. Never throws. */
  List<Leftover> removeAll() {
    try {
      Uninterrupted.run("cleanup", this::removeTwice);
    } catch (RuntimeException | Error broken) {
      // Whatever it was: what is still on the stack exists.
      String reason = Failures.firstLine(broken);
      for (Entry entry = pop(); entry != null; entry = pop()) {
        leave(entry, false, reason);
      }
    }
    return leftovers();
  }

  private void removeTwice() {
    List<Failure> failures = removeOnce();
    // What one throttled or lost call has kept from going may have held other things too.
    if (failures.stream().anyMatch(Failure::isTransient)) {
      for (int i = failures.size() - 1; i >= 0; i--) {
        push(failures.get(i).entry());
      }
      failures = removeOnce();
    }
    failures.forEach(
        failure -> leave(failure.entry(), false, Failures.firstLine(failure.thrown())));
  }

  /** Removes nothing and returns everything. */
  List<Leftover> leaveAll(String reason) {
    for (Entry entry = pop(); entry != null; entry = pop()) {
      leave(entry, true, reason);
    }
    return leftovers();
  }

  private record Failure(Entry entry, Throwable thrown) {
    boolean isTransient() {
      return thrown instanceof Ec2CallException failed && failed.isTransient();
    }
  }

  private List<Failure> removeOnce() {
    List<Failure> failures = new ArrayList<>();
    for (Entry entry = pop(); entry != null; entry = pop()) {
      Entry holder = holder(entry, failures);
      if (holder != null) {
        // EC2 would refuse until the holder is gone, and the wait for that would be in vain.
        failures.add(
            new Failure(entry, Category.EC2.failure("still used by " + holder.resource().id())));
        continue;
      }
      try {
        List<String> gone = entry.removal().remove();
        ResourceId resource = entry.resource();
        gone.forEach(id -> reportRemoved(resource, id));
      } catch (RuntimeException | Error failed) {
        failures.add(new Failure(entry, failed));
      }
    }
    return failures;
  }

  /** What could not be removed and uses the resource; null when there is none. */
  private static @Nullable Entry holder(Entry entry, List<Failure> failures) {
    ResourceKind user = entry.resource().kind().user();
    return failures.stream()
        .map(Failure::entry)
        .filter(failed -> failed.resource().kind() == user)
        .findFirst()
        .orElse(null);
  }

  private void leave(Entry entry, boolean kept, String reason) {
    synchronized (this) {
      left.add(new Leftover(entry.resource(), kept, reason, entry.command()));
    }
    events.accept(new ResourceLeft(clock.instant(), entry.resource(), reason, entry.command()));
    record(() -> journal.left(entry.resource()));
  }

  /**
   * @param id of what was found and removed; of a call without an answer, not what it was made with
   */
  private void reportRemoved(ResourceId resource, String id) {
    ResourceId gone = new ResourceId(resource.region(), resource.kind(), id);
    events.accept(new ResourceRemoved(clock.instant(), gone));
    record(() -> journal.removed(gone));
  }

  // A full disk must not keep the rest from being removed.
  private void record(Runnable line) {
    try {
      line.run();
    } catch (RuntimeException | Error failed) {
      events.warn(Failures.firstLine(failed));
    }
  }

  private synchronized @Nullable Entry pop() {
    return entries.poll();
  }

  private synchronized @Nullable Entry find(ResourceId resource) {
    return entries.stream()
        .filter(entry -> entry.resource().equals(resource))
        .findFirst()
        .orElse(null);
  }

  private synchronized List<Leftover> leftovers() {
    return List.copyOf(left);
  }
}
