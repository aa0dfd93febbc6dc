package io.wizzie.wcs.ami.event;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes each event on to several listeners, in the same order to each. A listener that fails is
 * dropped, and the others are told once: a full disk must not end a build that could succeed.
 *
 * <p>No listener gets a secret: those that the build made known are masked here, for all of them.
 */
public final class FanOut implements BuildListener {
  private final Clock clock;
  private final List<Entry> entries = new ArrayList<>();
  private final SecretMask mask;
  private final KeyBlock keys = new KeyBlock();

  private record Entry(String name, BuildListener listener) {}

  /**
   * @param mask learns every secret that is made known here
   */
  public FanOut(Clock clock, SecretMask mask) {
    this.clock = clock;
    this.mask = mask;
  }

  /** Adds a listener by what a person calls it, as in "the log file". */
  public synchronized FanOut add(String name, BuildListener listener) {
    entries.add(new Entry(name, listener));
    return this;
  }

  @Override
  public synchronized void accept(BuildEvent event) {
    if (event instanceof BuildEvent.SecretKnown known) {
      mask.add(known.secret());
      return;
    }
    List<BuildEvent> warnings = deliver(mask.mask(event, keys));
    // A warning can break the next listener, which makes another warning; each round has one
    // listener less, so this ends.
    while (!warnings.isEmpty()) {
      List<BuildEvent> next = new ArrayList<>();
      warnings.forEach(warning -> next.addAll(deliver(warning)));
      warnings = next;
    }
  }

  /**
   * Closes the listeners, the last added first: so a console added first still hears of failures.
   */
  @Override
  public synchronized void close() {
    while (!entries.isEmpty()) {
      Entry entry = entries.remove(entries.size() - 1);
      try {
        entry.listener.close();
      } catch (RuntimeException e) {
        accept(warning(entry, e));
      }
    }
  }

  private List<BuildEvent> deliver(BuildEvent event) {
    List<BuildEvent> warnings = new ArrayList<>();
    for (Entry entry : List.copyOf(entries)) {
      try {
        entry.listener.accept(event);
      } catch (RuntimeException | Error e) {
        entries.remove(entry);
        warnings.add(warning(entry, e));
      }
    }
    return warnings;
  }

  private BuildEvent warning(Entry entry, Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = FailureText.of(root);
    return new BuildEvent.Warning(
        clock.instant(),
        entry.name + " can't be written any more (" + why + "); the build goes on without it.");
  }
}
