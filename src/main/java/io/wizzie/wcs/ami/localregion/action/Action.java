package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.query.RequestReader;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/**
 * An action of EC2.
 *
 * @param answer gives the SDK's response type for the SDK's request type of that name
 * @param required parameters that must be there, before anything else is looked at
 * @param observes whether the answer depends on what the guests do by themselves
 */
record Action(
    String name,
    BiFunction<Call, SdkPojo, SdkPojo> answer,
    List<String> required,
    boolean observes) {

  /** An action that answers. */
  @SuppressWarnings("unchecked") // What is read has the type that the SDK gives to the name.
  static <I extends SdkPojo> Action of(
      String name, BiFunction<Call, I, ? extends SdkPojo> answer, String... required) {
    return new Action(
        name, (call, request) -> answer.apply(call, (I) request), List.of(required), false);
  }

  /** An action that is allowed, but that the local region doesn't have. */
  static Action unsupported(String name, String reason, String... required) {
    return Action.<SdkPojo>of(
        name,
        (call, request) -> {
          throw Refusal.unsupported(reason);
        },
        required);
  }

  Action observing() {
    return new Action(name, answer, required, true);
  }

  /** The SDK's request type of an action of EC2, be it here or not; empty if there is none. */
  static Optional<Class<?>> requestType(String name) {
    if (!name.matches("[A-Z][A-Za-z0-9]{2,80}")) {
      return Optional.empty();
    }
    try {
      Class<?> type =
          Class.forName(
              Ec2Request.class.getPackageName() + "." + name + "Request",
              false,
              Action.class.getClassLoader());
      // Some of the model's other types are called a request as well.
      return Optional.<Class<?>>of(type)
          .filter(one -> Ec2Request.class.isAssignableFrom(one) && one != Ec2Request.class);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Makes the SDK's request type of the parameters. */
  SdkPojo read(QueryRequest request) {
    return RequestReader.read(this::newBuilder, request.parameters());
  }

  private SdkPojo newBuilder() {
    try {
      return (SdkPojo) requestType(name).orElseThrow().getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The SDK has no request of " + name, e);
    }
  }

  /** Refuses a request without a required parameter, be it a list or a structure. */
  void checkRequired(QueryRequest request) {
    for (String parameter : required) {
      boolean given =
          !request.parameters().getOrDefault(parameter, "").isEmpty()
              || !request.parameters().subMap(parameter + ".", parameter + "/").isEmpty();
      if (!given) {
        throw Refusal.missing(parameter);
      }
    }
  }
}
