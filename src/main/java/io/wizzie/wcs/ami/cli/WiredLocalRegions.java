package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.cli.command.ImageAge;
import io.wizzie.wcs.ami.cli.command.LocalRegions;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.report.LocalStatus;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.ec2.client.Ec2Clients;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.ec2.client.Ec2Settings;
import io.wizzie.wcs.ami.localregion.LocalRegion;
import io.wizzie.wcs.ami.localregion.engine.BaseImageBuilder;
import io.wizzie.wcs.ami.localregion.engine.ContainerEngine;
import io.wizzie.wcs.ami.localregion.engine.EngineSettings;
import io.wizzie.wcs.ami.localregion.log.ActionLog;
import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import io.wizzie.wcs.ami.localregion.state.AccessKeyFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The local region of a state folder, served by this process, with containers as instances. */
final class WiredLocalRegions implements LocalRegions {
  private final Clock clock = Clock.systemUTC();

  @Override
  public String prepare(
      Path stateFolder, boolean rebuild, @Nullable String image, Consumer<String> progress) {
    ChosenImage chosen = new ChosenImage(stateFolder);
    if (image == null) {
      return images(engine(stateFolder), chosen).ensure(rebuild, progress).imageRef();
    }
    BaseImageBuilder images =
        engine(stateFolder).baseImages(image.isBlank() ? null : image.strip());
    String base = images.ensure(rebuild, progress).imageRef();
    // Only when it has worked: a name that can't be had must not stand in the way of later builds.
    chosen.choose(image);
    return base;
  }

  @Override
  public OpenRegion open(Path stateFolder, int port, Consumer<String> progress) {
    return opened(prepared(stateFolder, port, Policy.ofTheProject(), progress));
  }

  @Override
  public OpenRegion serve(Path stateFolder, int port, Policy policy, Consumer<String> progress) {
    LocalRegion region = prepared(stateFolder, port, policy, progress);
    AccessKeyFile noted = new AccessKeyFile(stateFolder);
    noted.serve(region.endpoint());
    return new OpenRegion(
        region.endpoint(),
        region.accessKey(),
        say -> {
          noted.serveNoMore(region.endpoint());
          region.close(say);
        });
  }

  private static OpenRegion opened(LocalRegion region) {
    return new OpenRegion(region.endpoint(), region.accessKey(), region::close);
  }

  @Override
  public Served served(Path stateFolder) {
    AccessKeyFile noted = new AccessKeyFile(stateFolder);
    return noted
        .endpoint()
        .filter(WiredLocalRegions::answers)
        .map(endpoint -> new Served(endpoint, noted.key()))
        .orElseThrow(
            () ->
                Category.CONFIGURATION.failure(
                    "The local region of "
                        + stateFolder
                        + " is not served. Start it in another terminal: "
                        + Invocation.of(
                            List.of("local", "serve"),
                            List.of("--state-dir", stateFolder.toString()))));
  }

  /** It does not if whoever served it was killed. */
  private static boolean answers(URI endpoint) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 2000);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  private LocalRegion prepared(
      Path stateFolder, int port, Policy policy, Consumer<String> progress) {
    ContainerEngine engine = engine(stateFolder);
    // Before minutes go into a base image that could have no guests: it says so without root.
    progress.accept("guests are in the network " + engine.network());
    BaseImage base = images(engine, new ChosenImage(stateFolder)).ensure(false, progress);
    new ScenarioBook(stateFolder, clock)
        .summary()
        .ifPresent(scenario -> progress.accept("a scenario is in force: " + scenario));
    return region(stateFolder, port, engine, base, policy);
  }

  @Override
  public OpenRegion attach(Path stateFolder) {
    return opened(region(stateFolder));
  }

  @Override
  public LocalStatus status(Path stateFolder) {
    try {
      BaseImage base =
          images(engine(stateFolder), new ChosenImage(stateFolder)).find().orElse(null);
      String scenario = new ScenarioBook(stateFolder, clock).summary().orElse(null);
      // A region that never was is not opened: that would make its folder.
      return new LocalStatus(
          stateFolder,
          null,
          base,
          scenario,
          Files.exists(stateFolder) ? held(stateFolder) : List.of());
    } catch (BuildException failed) {
      return new LocalStatus(stateFolder, failed.getMessage(), null, null, List.of());
    }
  }

  private List<RegionStatus.Region> held(Path stateFolder) {
    try (LocalRegion region = region(stateFolder)) {
      return region.status().regions();
    }
  }

  @Override
  public List<String> stopInstances(Path stateFolder, Consumer<String> progress) {
    List<String> stopped = new ArrayList<>();
    try (LocalRegion region = region(stateFolder)) {
      for (RegionStatus.Region held : region.status().regions()) {
        List<String> running =
            held.instances().stream()
                .filter(instance -> instance.state().equals("running"))
                .map(RegionStatus.Instance::id)
                .toList();
        stop(held.name(), region, running, progress);
        stopped.addAll(running);
      }
    }
    return stopped;
  }

  @Override
  public List<String> prune(Path stateFolder, ImageAge age, Consumer<String> progress) {
    List<String> removed = new ArrayList<>();
    if (Files.exists(stateFolder)) {
      try (LocalRegion region = region(stateFolder)) {
        for (RegionStatus.Region held : region.status().regions()) {
          List<String> old = age.old(held.images()).stream().map(RegionStatus.Image::id).toList();
          old.forEach(id -> progress.accept("removing " + id + " of region " + held.name()));
          region.removeImages(held.name(), old);
          removed.addAll(old);
        }
      }
    }
    return removed;
  }

  @Override
  public void export(Path stateFolder, ImageExport export, Consumer<String> progress) {
    Path target = export.target().toAbsolutePath();
    try {
      // In a folder of its own: whatever else lies beside the target is the user's.
      Path temporary = Files.createTempDirectory(target.getParent(), ".wcs-ami-export-");
      Path tar = temporary.resolve("image.tar");
      try {
        try (LocalRegion region = region(stateFolder)) {
          progress.accept("writing the files to an archive");
          region.exportImage(export.image(), tar);
        }
        Files.move(tar, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(tar);
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw Category.HOST.failure("The file " + target + " can't be written: " + e, e);
    }
  }

  @Override
  public List<String> reset(Path stateFolder, Consumer<String> progress) {
    List<String> removed = new ArrayList<>();
    if (Files.exists(stateFolder)) {
      resetState(stateFolder, removed, progress);
    }
    // What no state knows of: guests and images of a state file that was lost, or its whole folder.
    for (String guest : engine(stateFolder).reset()) {
      removed.add("instance " + guest + ", left behind by a process that was killed");
    }
    return removed;
  }

  private void resetState(Path stateFolder, List<String> removed, Consumer<String> progress) {
    // First, as it can make trouble for the removal.
    new ScenarioBook(stateFolder, clock).clear();
    try (LocalRegion region = region(stateFolder)) {
      for (RegionStatus.Region held : region.status().regions()) {
        held.instances().stream()
            .filter(instance -> !instance.state().equals("terminated"))
            .forEach(instance -> removed.add("instance " + instance.id()));
        held.images().forEach(image -> removed.add("image " + image.id()));
        held.snapshots().forEach(snapshot -> removed.add("snapshot " + snapshot.id()));
      }
      progress.accept("removing " + removed.size() + " instances, images and snapshots");
      region.reset();
    }
    new ChosenImage(stateFolder).forget();
    new ActionLog(stateFolder, clock).clear();
  }

  /** As any client would stop them, so that their states are right. */
  private void stop(
      String name, LocalRegion region, List<String> instanceIds, Consumer<String> progress) {
    if (instanceIds.isEmpty()) {
      return;
    }
    Ec2Settings.Credentials credentials = WiredParts.credentials(region.accessKey());
    Ec2Settings settings = new Ec2Settings(name, null, region.endpoint(), credentials);
    Waiter waiter = new Waiter(clock, Sleeper.real(), RandomGenerator.getDefault(), progress);
    try (Ec2Connection connection = Ec2Clients.create(settings)) {
      Ec2Verbs verbs = Ec2Verbs.over(connection, waiter);
      for (String instanceId : instanceIds) {
        progress.accept("stopping " + instanceId);
        verbs.instances().stop(instanceId);
      }
    }
  }

  /** For looking and removing, which need no base image. */
  private LocalRegion region(Path stateFolder) {
    return region(stateFolder, 0, engine(stateFolder), null, Policy.ofTheProject());
  }

  private LocalRegion region(
      Path stateFolder, int port, ContainerEngine engine, @Nullable BaseImage base, Policy policy) {
    return LocalRegion.open(stateFolder, port, engine, clock, RegionTimings.quick(), base, policy);
  }

  private static ContainerEngine engine(Path stateFolder) {
    return ContainerEngine.open(EngineSettings.in(stateFolder));
  }

  private static BaseImageBuilder images(ContainerEngine engine, ChosenImage chosen) {
    return engine.baseImages(chosen.get().orElse(null));
  }
}
