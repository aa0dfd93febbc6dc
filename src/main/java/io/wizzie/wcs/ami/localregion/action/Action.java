package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.query.RequestReader;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An action of EC2.
 *
 * @param read makes the SDK's request type of the parameters
 * @param answer gives the SDK's response type
 * @param required parameters that must be there, before anything else is looked at
 * @param observes whether the answer depends on what the guests do by themselves
 */
record Action(
    String name,
    Function<QueryRequest, SdkPojo> read,
    BiFunction<Call, SdkPojo, SdkPojo> answer,
    List<String> required,
    boolean observes) {

  /**
   * An action that answers.
   *
   * @param type of the request, which {@code newBuilder} makes a builder of
   */
  static <I extends SdkPojo> Action of(
      String name,
      Class<I> type,
      Supplier<? extends SdkPojo> newBuilder,
      BiFunction<Call, I, ? extends SdkPojo> answer,
      String... required) {
    return new Action(
        name,
        request -> RequestReader.read(newBuilder, request.parameters()),
        (call, request) -> answer.apply(call, type.cast(request)),
        List.of(required),
        false);
  }

  /** An action that is allowed, but that the local region doesn't have. */
  static Action unsupported(
      String name, Supplier<? extends SdkPojo> newBuilder, String reason, String... required) {
    return new Action(
        name,
        request -> RequestReader.read(newBuilder, request.parameters()),
        (call, request) -> {
          throw Refusal.unsupported(reason);
        },
        List.of(required),
        false);
  }

  Action observing() {
    return new Action(name, read, answer, required, true);
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
