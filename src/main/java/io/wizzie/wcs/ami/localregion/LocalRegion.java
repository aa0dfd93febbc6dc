package io.wizzie.wcs.ami.localregion;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.localregion.action.GuestWork;
import io.wizzie.wcs.ami.localregion.action.ImageContents;
import io.wizzie.wcs.ami.localregion.action.Observation;
import io.wizzie.wcs.ami.localregion.action.RegionActions;
import io.wizzie.wcs.ami.localregion.action.Removal;
import io.wizzie.wcs.ami.localregion.action.StatusReport;
import io.wizzie.wcs.ami.localregion.log.ActionLog;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import io.wizzie.wcs.ami.localregion.query.QueryServer;
import io.wizzie.wcs.ami.localregion.query.SignatureCheck;
import io.wizzie.wcs.ami.localregion.scenario.FaultInjector;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import io.wizzie.wcs.ami.localregion.state.AccessKeyFile;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The local region, opened in this process: an EC2 endpoint on loopback and the engine behind it.
 * Its state is kept in {@code stateFolder}, survives the process, and is shared with any other
 * process that opens the same folder.
 *
 * <p>The endpoint serves every region name that a client asks for; each has its own resources, and
 * all have the base image.
 */
public final class LocalRegion implements AutoCloseable {
  /** Name of the region that is meant by {@code --region local}. */
  public static final String NAME = RegionStatus.REGION;

  /** Guests that are worked on at the same time. */
  private static final int WORKERS = 4;

  /** For guests that are to be stopped, copied or removed when the region is closed. */
  private static final Duration FINISH = Duration.ofMinutes(3);

  private final RegionStore store;
  private final GuestEngine engine;
  private final GuestWork work;
  private final Observation observation;
  private final QueryServer server;
  private final AccessKey key;
  private final Clock clock;
  private final FaultInjector staging;
  private final @Nullable BaseImage base;
  private final Runnable endWorkers;

  LocalRegion(
      Path stateFolder,
      int port,
      GuestEngine engine,
      Clock clock,
      RegionTimings timings,
      @Nullable BaseImage base,
      Policy policy,
      Executor workers,
      Runnable endWorkers) {
    this.engine = engine;
    this.clock = clock;
    this.base = base;
    this.endWorkers = endWorkers;
    this.store = RegionStore.open(stateFolder);
    this.staging = new FaultInjector(new ScenarioBook(store.folder(), clock), timings, clock);
    String network = base == null ? GuestEngine.USUAL_NETWORK : engine.network();
    this.work = new GuestWork(store, engine, network, clock, workers);
    this.observation = new Observation(store, engine, clock, staging);
    // Known only when the server has its port, and needed to make the server.
    AtomicReference<String> name = new AtomicReference<>("");
    RegionActions actions =
        new RegionActions(
            store, work, observation, clock, staging, base, network, policy, name::get);
    actions.advance();
    this.key = new AccessKeyFile(store.folder()).key();
    // Not the region's clock, which a test may hold: the answers' Date, which clients correct
    // theirs by, is the machine's.
    SignatureCheck signatures = new SignatureCheck(key, Clock.systemUTC());
    ActionLog log = new ActionLog(store.folder(), clock);
    this.server = QueryServer.start(port, signatures, log.of(actions::answer));
    name.set(server.endpoint().getAuthority());
    try {
      work.resume();
    } catch (RuntimeException | Error failed) {
      server.close();
      throw failed;
    }
  }

  /**
   * Opens the region and takes up what an earlier process left undone in it.
   *
   * @param stateFolder of this region and no other engine's; made if need be
   * @param port of the endpoint on 127.0.0.1; 0 for any free one
   * @param base the image that instances can be launched from at first; the engine has it already.
   *     The same values at every start make the same AMI ID. Null, for looking and removing, leaves
   *     the one that an earlier start registered
   * @param policy what the callers of this endpoint may call
   * @throws BuildException of category HOST if the folder or the port can't be used
   */
  public static LocalRegion open(
      Path stateFolder,
      int port,
      GuestEngine engine,
      Clock clock,
      RegionTimings timings,
      @Nullable BaseImage base,
      Policy policy) {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            WORKERS,
            task -> {
              Thread thread = new Thread(task, "local-region-guests");
              thread.setDaemon(true);
              return thread;
            });
    try {
      return new LocalRegion(
          stateFolder, port, engine, clock, timings, base, policy, workers, workers::shutdown);
    } catch (RuntimeException | Error failed) {
      workers.shutdownNow();
      throw failed;
    }
  }

  /** Where any EC2 client reaches it. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** What requests to it have to be signed with. */
  public AccessKey accessKey() {
    return key;
  }

  /** Where the state is kept, without symbolic links. */
  public Path folder() {
    return store.folder();
  }

  /** What the regions hold now, after a look at the guests. */
  public RegionStatus status() {
    observation.reconcile();
    work.resume();
    return new StatusReport(clock.instant(), staging.delays(), engine.guestSizes()).of(store, base);
  }

  /** Deregisters images and deletes the snapshots that they alone need; their instances live on. */
  public void removeImages(String region, List<String> imageIds) {
    Removal.images(store, region, imageIds, clock.instant());
    work.resume();
  }

  /**
   * Writes the root file system of an image, the base image included, as a tar archive.
   *
   * @param image its ID, or its name if only one image of all regions has that
   * @param target a file, which is replaced if it exists
   * @throws BuildException of category CONFIGURATION if there is no such image or it isn't finished
   */
  public void exportImage(String image, Path target) {
    engine.exportImage(ImageContents.find(store, image), target);
  }

  /**
   * Removes all instances, images and other resources of all regions of this state folder. The base
   * image stays.
   *
   * @throws BuildException of category HOST if something could not be removed; it stays recorded
   */
  public void reset() {
    Removal.askAll(store, clock.instant());
    SortedMap<String, String> left = work.finish(FINISH, Sleeper.real(), line -> {});
    if (!left.isEmpty()) {
      throw BuildException.Category.HOST.failure(
          "The local region could not remove all it has: " + left + ". Reset it again.");
    }
    Removal.forgetAll(store);
  }

  @Override
  public void close() {
    close(line -> {});
  }

  /**
   * Closes the endpoint; instances keep running, as in AWS. Waits until guests that are to be
   * stopped, copied or removed are that.
   *
   * @param say gets a line on what is waited for, when that takes its time
   * @throws BuildException of category HOST if that failed; the next process tries again
   */
  public void close(Consumer<String> say) {
    server.close();
    SortedMap<String, String> left;
    try {
      left = work.finish(FINISH, Sleeper.real(), say);
    } finally {
      endWorkers.run();
    }
    if (!left.isEmpty()) {
      throw BuildException.Category.HOST.failure(
          "The local region is closed with work undone on "
              + left
              + ". The next start tries again; `wcs-ami local reset` removes everything.");
    }
  }
}
