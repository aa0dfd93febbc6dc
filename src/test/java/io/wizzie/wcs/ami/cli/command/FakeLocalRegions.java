package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.cli.report.LocalStatus;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A local region that only writes down what it was asked. */
final class FakeLocalRegions implements LocalRegions {
  static final URI ENDPOINT = URI.create("http://127.0.0.1:4566");

  static final AccessKey KEY = new AccessKey("WCSLOCALABC", Secret.ofUtf8("shh"));

  private final List<String> calls;
  List<String> running = List.of();
  List<String> removable = List.of();
  List<RegionStatus.Image> images = List.of();
  @Nullable RuntimeException openFailure;
  @Nullable RuntimeException closeFailure;
  @Nullable LocalStatus status;
  Policy served = Policy.none();
  Runnable opened = () -> {};
  Runnable closing = () -> {};

  FakeLocalRegions(List<String> calls) {
    this.calls = calls;
  }

  @Override
  public String prepare(
      Path stateFolder, boolean rebuild, @Nullable String image, Consumer<String> progress) {
    calls.add("prepare " + image + (rebuild ? " anew" : "") + " in " + stateFolder);
    progress.accept("running mmdebstrap");
    return "localhost/wcs-ami/base:1";
  }

  @Override
  public OpenRegion open(Path stateFolder, int port, Consumer<String> progress) {
    calls.add("open " + stateFolder + " on " + port);
    if (openFailure != null) {
      throw openFailure;
    }
    progress.accept("the base image is there");
    opened.run();
    return opened();
  }

  @Override
  public OpenRegion serve(Path stateFolder, int port, Policy policy, Consumer<String> progress) {
    served = policy;
    return open(stateFolder, port, progress);
  }

  @Override
  public OpenRegion attach(Path stateFolder) {
    calls.add("attach " + stateFolder);
    return opened();
  }

  @Override
  public LocalStatus status(Path stateFolder) {
    return status == null ? new LocalStatus(stateFolder, null, null, null, List.of()) : status;
  }

  @Override
  public List<String> stopInstances(Path stateFolder, Consumer<String> progress) {
    return running;
  }

  @Override
  public List<String> prune(Path stateFolder, ImageAge age, Consumer<String> progress) {
    return age.old(images).stream().map(RegionStatus.Image::id).toList();
  }

  @Override
  public void export(Path stateFolder, ImageExport export, Consumer<String> progress) {
    calls.add("export " + export + " of " + stateFolder);
  }

  @Override
  public List<String> reset(Path stateFolder, Consumer<String> progress) {
    return removable;
  }

  @Override
  public Served served(Path stateFolder) {
    calls.add("served " + stateFolder);
    return new Served(ENDPOINT, KEY);
  }

  /** An endpoint that nobody serves. */
  private OpenRegion opened() {
    return new OpenRegion(
        ENDPOINT,
        KEY,
        say -> {
          calls.add("close");
          closing.run();
          if (closeFailure != null) {
            throw closeFailure;
          }
        });
  }
}
