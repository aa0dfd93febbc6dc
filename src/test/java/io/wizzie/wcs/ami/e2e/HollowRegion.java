package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.localregion.FakeGuestEngine;
import io.wizzie.wcs.ami.localregion.LocalRegion;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** A region that this process serves, whose guests are nothing but the address 127.0.0.1. */
record HollowRegion(Path folder, LocalRegion region, FakeGuestEngine guests)
    implements AutoCloseable {
  static HollowRegion open(Path folder) {
    FakeGuestEngine guests =
        new FakeGuestEngine(FakeGuestEngine.BASE.imageRef()).at(InetAddress.getLoopbackAddress());
    return new HollowRegion(
        folder,
        LocalRegion.open(
            folder,
            0,
            guests,
            Clock.systemUTC(),
            RegionTimings.quick(),
            FakeGuestEngine.BASE,
            Policy.ofTheProject()),
        guests);
  }

  void stage(String scenario) {
    new ScenarioBook(folder, Clock.systemUTC()).set(scenario);
  }

  /** What builds the small image here. */
  String[] trial(String... more) {
    return Workplace.trial(
        Stream.concat(Stream.of("--endpoint-url", region.endpoint().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  RegionView view() {
    return new RegionView(region, guests, RegionView.client(region));
  }

  /** An instance that is to be removed, and can't be until another process opens the region. */
  String leaveDoomedInstance() {
    RegionView view = view();
    String id =
        view.ec2()
            .runInstances(
                request -> request.imageId(view.baseImage().imageId()).minCount(1).maxCount(1))
            .instances()
            .get(0)
            .instanceId();
    guests.failOn("remove");
    view.ec2().terminateInstances(request -> request.instanceIds(List.of(id)));
    assertThat(view.instances()).isNotEmpty();
    return id;
  }

  @Override
  public void close() {
    region.close();
  }
}
