package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.Uninterrupted;
import io.wizzie.wcs.ami.ec2.Instances;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Renews every few minutes the build's lease: a line in its journal, and a tag on its instances for
 * machines that can't see this process. An instance exists from the first minutes of a build until
 * its image is finished, so nothing else need be tagged.
 */
final class Heartbeat implements AutoCloseable {
  static final Duration PERIOD = Duration.ofMinutes(2);

  /** Four beats may go lost before others take the build for dead. */
  static final Duration LEASE = Duration.ofMinutes(10);

  /** A renewal takes a second; one that is throttled is tried again for a while. */
  private static final long END_SECONDS = 10;

  private final Clock clock;
  private final Instances instances;
  private final Journal journal;
  private final EventStream events;
  private final Duration period;
  private final Set<String> watched = new LinkedHashSet<>();
  private final ScheduledExecutorService beats;
  private volatile boolean closed;
  private boolean warned;

  Heartbeat(
      Clock clock, Instances instances, Journal journal, EventStream events, Duration period) {
    this.clock = clock;
    this.instances = instances;
    this.journal = journal;
    this.events = events;
    this.period = period;
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "heartbeat");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to beat for an instance. */
  synchronized void watch(String instanceId) {
    if (watched.isEmpty() && !beats.isShutdown()) {
      ScheduledFuture<?> unused =
          beats.scheduleAtFixedRate(
              this::beat, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }
    watched.add(instanceId);
  }

  /** Beats once; the first beat that fails is reported, and harms nobody who does not clean up. */
  void beat() {
    renew(clock.instant().plus(LEASE), false);
  }

  /**
   * Ends the heartbeat and leases the instances, which stay on purpose, until then. A beat that is
   * under way comes before: the last lease counts.
   */
  void keepUntil(Instant until) {
    beats.shutdown();
    Uninterrupted.run("heartbeat-end", this::awaitEnd);
    renew(until, true);
  }

  private void renew(Instant until, boolean last) {
    try {
      journal.alive();
      for (String instanceId : watched()) {
        if (last || !closed) {
          renewLease(instanceId, until);
        }
      }
    } catch (RuntimeException failed) {
      // Whatever it is: the next beat must come. Of a build that is over, nobody asks whether it
      // lives.
      if (last || !closed) {
        warn(failed);
      }
    }
  }

  private void renewLease(String instanceId, Instant until) {
    try {
      instances.renewLease(instanceId, until);
    } catch (Ec2CallException failed) {
      // The cleanup has just removed it.
      if (!failed.isNotFound()) {
        throw failed;
      }
    }
  }

  private synchronized List<String> watched() {
    return List.copyOf(watched);
  }

  private synchronized void warn(RuntimeException failed) {
    if (!warned) {
      warned = true;
      events.warn(
          "Heartbeat failed ("
              + Failures.firstLine(failed)
              + "): 'wcs-ami clean' on another machine may treat this build as abandoned; do not"
              + " run it there until this build is over.");
    }
  }

  /**
   * No beat is under way any more when this returns: it is broken off, as nobody asks whether a
   * build that is over lives.
   */
  @Override
  public void close() {
    closed = true;
    beats.shutdownNow();
    Uninterrupted.run("heartbeat-end", this::awaitEnd);
  }

  private void awaitEnd() {
    try {
      if (!beats.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        closed = true;
        beats.shutdownNow();
        boolean unused = beats.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
  }
}
