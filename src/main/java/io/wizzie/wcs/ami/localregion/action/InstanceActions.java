package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.Launch;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.NetworkInterface;
import io.wizzie.wcs.ami.localregion.state.KeyPairRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * RunInstances, StopInstances and TerminateInstances. They only write down what was asked; {@link
 * GuestWork} does it, in this process or the next.
 */
final class InstanceActions {
  private InstanceActions() {}

  static Reservation run(Call call, RunInstancesRequest request) {
    List<String> ids =
        ClientTokens.replay(call, request.clientToken()).orElseGet(() -> launch(call, request));
    // EC2's model of the answer is that of a reservation.
    return InstanceShapes.reservations(call, Lookup.INSTANCES.all(call.state(), ids)).get(0);
  }

  private static List<String> launch(Call call, RunInstancesRequest request) {
    LaunchPlan plan = LaunchPlan.of(call, request);
    Tags.check(request.tagSpecifications(), Set.of("instance", "volume", "network-interface"));
    // Last, as in EC2: a request that is wrong in itself is told so first.
    Topology.Zone zone = plan.network().zone();
    call.staging().checkCapacity(plan.settings().instanceType(), zone.subnetId(), zone.name());
    String reservationId = Ids.random("r");
    List<String> ids = new ArrayList<>();
    for (int index = 0; index < plan.count(); index++) {
      InstanceRecord instance = instance(call, request, plan, reservationId, index);
      call.state().instances.put(instance.id(), instance);
      Tags.apply(call, instance.id(), request.tagSpecifications());
      Tags.apply(call, instance.nic().id(), request.tagSpecifications());
      for (BlockDevice device : plan.devices()) {
        VolumeRecord volume =
            new VolumeRecord(
                Ids.random("vol"),
                plan.network().zone().name(),
                call.now(),
                device,
                instance.id(),
                call.now());
        call.state().volumes.put(volume.id(), volume);
        Tags.apply(call, volume.id(), request.tagSpecifications());
      }
      ids.add(instance.id());
    }
    ClientTokens.remember(call, request.clientToken(), ids);
    return ids;
  }

  private static InstanceRecord instance(
      Call call, RunInstancesRequest request, LaunchPlan plan, String reservationId, int index) {
    KeyPairRecord key = plan.key();
    NetworkPlan network = plan.network();
    String nicId = Ids.random("eni");
    return new InstanceRecord(
        Ids.random("i"),
        new Launch(
            reservationId,
            index,
            request.clientToken(),
            call.now(),
            plan.image().id(),
            plan.content().ref(),
            plan.image().machine().architecture(),
            plan.image().machine().rootDeviceName(),
            key == null ? null : key.name(),
            key == null ? null : key.publicKey(),
            network.zone().name(),
            plan.instanceProfile(),
            plan.monitoring(),
            plan.metadata()),
        plan.settings(),
        new NetworkInterface(
            nicId,
            mac(nicId),
            network.zone().subnetId(),
            network.groupIds(),
            network.publicAddress(),
            network.deleteOnTermination(),
            network.description()),
        InstanceLife.asked(call.now()));
  }

  static StopInstancesResponse stop(Call call, StopInstancesRequest request) {
    if (Boolean.TRUE.equals(request.hibernate())) {
      throw Refusal.of(
          "UnsupportedHibernationConfiguration", "Instances of the local region can't hibernate");
    }
    List<InstanceRecord> instances = named(call, request.instanceIds());
    for (InstanceRecord instance : instances) {
      if (instance.settings().disableApiStop()) {
        throw notPermitted(instance, "stopped", "disableApiStop");
      }
      State state = call.stateOf(instance);
      if (state == State.PENDING || state.ended()) {
        throw Refusal.of(
            "IncorrectInstanceState",
            "This instance '%s' is not in a state from which it can be stopped."
                .formatted(instance.id()));
      }
    }
    return StopInstancesResponse.builder()
        .stoppingInstances(
            changes(
                call,
                instances,
                (instance, state) ->
                    state == State.RUNNING
                        ? instance.life().stopAskedAt(call.now(), byUser())
                        : instance.life()))
        .build();
  }

  static TerminateInstancesResponse terminate(Call call, TerminateInstancesRequest request) {
    List<InstanceRecord> instances = named(call, request.instanceIds());
    for (InstanceRecord instance : instances) {
      if (instance.settings().disableApiTermination()) {
        throw notPermitted(instance, "terminated", "disableApiTermination");
      }
    }
    return TerminateInstancesResponse.builder()
        .terminatingInstances(
            changes(
                call,
                instances,
                (instance, state) ->
                    state.ended()
                        ? instance.life()
                        : instance.life().terminateAskedAt(call.now(), byUser())))
        .build();
  }

  /** EC2 has a code of its own for a list of instances that is missing. */
  private static List<InstanceRecord> named(Call call, List<String> ids) {
    if (ids.isEmpty()) {
      throw Refusal.invalidCombination("No instances specified");
    }
    return Lookup.INSTANCES.all(call.state(), ids);
  }

  private static List<InstanceStateChange> changes(
      Call call,
      List<InstanceRecord> instances,
      BiFunction<InstanceRecord, State, InstanceLife> change) {
    Map<String, State> before = new HashMap<>();
    for (InstanceRecord instance : instances) {
      State state = call.stateOf(instance);
      before.put(instance.id(), state);
      call.state().instances.put(instance.id(), instance.withLife(change.apply(instance, state)));
    }
    return Lookup.INSTANCES
        .all(call.state(), instances.stream().map(InstanceRecord::id).toList())
        .stream()
        .map(
            instance ->
                InstanceStateChange.builder()
                    .instanceId(instance.id())
                    .currentState(InstanceShapes.state(call.stateOf(instance)))
                    .previousState(
                        InstanceShapes.state(before.getOrDefault(instance.id(), State.PENDING)))
                    .build())
        .toList();
  }

  private static InstanceLife.Reason byUser() {
    return new InstanceLife.Reason(
        "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
  }

  private static Refusal notPermitted(InstanceRecord instance, String what, String attribute) {
    return Refusal.of(
        "OperationNotPermitted",
        "The instance '%s' may not be %s. Modify its '%s' instance attribute and try again."
            .formatted(instance.id(), what, attribute));
  }

  /** Locally administered, and as unique as the interface's ID. */
  private static String mac(String nicId) {
    String digits = nicId.substring(nicId.length() - 10);
    return "02:" + digits.replaceAll("..(?=.)", "$0:");
  }
}
