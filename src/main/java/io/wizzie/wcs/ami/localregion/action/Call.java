package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.scenario.Delays;
import io.wizzie.wcs.ami.localregion.scenario.FaultInjector;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.time.Instant;
import java.util.function.Function;

/**
 * One call of an action: the request's surroundings and the region it is about.
 *
 * @param now one time for the whole call
 * @param staging what the scenario in force wants of it
 * @param delays how long states last, all through the call
 * @param endpoint host and port of this endpoint
 * @param network of the guests, in CIDR notation
 * @param state the region's, alone with it; changes are kept if the call ends well
 * @param regions the state of any region
 */
record Call(
    QueryRequest request,
    Instant now,
    FaultInjector staging,
    Delays delays,
    String endpoint,
    String network,
    RegionState state,
    Function<String, RegionState> regions) {

  String region() {
    return request.region();
  }

  Topology topology() {
    return Topology.of(region(), network);
  }

  InstanceLife.State stateOf(InstanceRecord instance) {
    return States.of(instance, now, delays);
  }
}
