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
 * Says every few minutes that the build lives: in its journal, and by a tag on its instances, for
 * machines that can't see this process. An instance exists from the first minutes of a build until
 * its image is finished, so nothing else need be tagged.
 */
final class Heartbeat implements AutoCloseable {
  static final Duration PERIOD = Duration.ofMinutes(2);

  /** Four beats may go lost before others take the build for dead. */
  static final Duration BELIEVED = Duration.ofMinutes(10);

  private final Clock clock;
  private final Instances instances;
  private final Journal journal;
  private final EventStream events;
  private final Set<String> watched = new LinkedHashSet<>();
  private final ScheduledExecutorService beats;
  private boolean warned;

  Heartbeat(Clock clock, Instances instances, Journal journal, EventStream events) {
    this.clock = clock;
    this.instances = instances;
    this.journal = journal;
    this.events = events;
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
              this::beat, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }
    watched.add(instanceId);
  }

  /** Beats once; a beat that fails is told of once, and harms nobody who does not clean up. */
  void beat() {
    tell(clock.instant().plus(BELIEVED));
  }

  /** The instances stay on purpose when the build is over. */
  void keepUntil(Instant until) {
    tell(until);
  }

  private void tell(Instant until) {
    try {
      journal.alive();
      for (String instanceId : watched()) {
        vouchFor(instanceId, until);
      }
    } catch (RuntimeException failed) {
      // Whatever it is: the next beat must come.
      warn(failed);
    }
  }

  private void vouchFor(String instanceId, Instant until) {
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
          "Others may take this build for dead ("
              + Failures.firstLine(failed)
              + "): do not run 'wcs-ami clean' on another machine until it is over.");
    }
  }

  /** No beat is under way any more when this returns. */
  @Override
  public void close() {
    beats.shutdownNow();
    Uninterrupted.run("heartbeat-end", this::awaitEnd);
  }

  private void awaitEnd() {
    try {
      boolean unused = beats.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
  }
}
