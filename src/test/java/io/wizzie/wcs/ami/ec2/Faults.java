package io.wizzie.wcs.ami.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What goes wrong in the fake region, and when: counted by calls, or for an action. */
public final class Faults {
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();

  /** Told the number of each call, from 0, before it has any effect; may throw. */
  public IntConsumer beforeCall = number -> {};

  private int unreachableFrom = Integer.MAX_VALUE;

  private record Fault(
      String action,
      int callNumber,
      boolean once,
      Supplier<@Nullable RuntimeException> failure,
      boolean after) {
    boolean hits(String called, int number) {
      return (action.isEmpty() || action.equals(called))
          && (callNumber < 0 || callNumber == number);
    }
  }

  /** From the call of that number on, nothing gets through until {@link #reachAgain}. */
  public void loseFrom(int number) {
    unreachableFrom = number;
  }

  public void reachAgain() {
    unreachableFrom = Integer.MAX_VALUE;
    faults.clear();
  }

  /** The next call of the action is refused. */
  public void refuse(String action, String code) {
    faults.add(new Fault(action, -1, true, () -> error(code), false));
  }

  /** The next call of the action is refused in these words. */
  public void refuse(String action, String code, String message) {
    faults.add(new Fault(action, -1, true, () -> error(code, message), false));
  }

  /** All calls of the action are refused. */
  public void refuseAlways(String action, String code) {
    faults.add(new Fault(action, -1, false, () -> error(code), false));
  }

  /** The next call of the action has its effect, but its answer is lost. */
  public void loseAnswer(String action) {
    faults.add(new Fault(action, -1, true, Faults::dropped, true));
  }

  /** The call of that number, from 0, is refused. */
  public void refuseCall(int number, String code) {
    faults.add(new Fault("", number, true, () -> error(code), false));
  }

  /** The answer to the call of that number, from 0, is lost. */
  public void loseAnswerOfCall(int number) {
    faults.add(new Fault("", number, true, Faults::dropped, true));
  }

  /** The building thread is interrupted while the call of that number, from 0, is under way. */
  public void interruptCall(int number, Thread building) {
    faults.add(
        new Fault(
            "",
            number,
            true,
            () -> {
              building.interrupt();
              return Thread.currentThread() == building
                  ? AbortedException.create("interrupted")
                  : null;
            },
            true));
  }

  /** Actions called, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized <T> T call(String action, Supplier<T> effect) {
    int number = calls.size();
    beforeCall.accept(number);
    calls.add(action);
    if (number >= unreachableFrom) {
      throw dropped();
    }
    Fault fault =
        faults.stream().filter(each -> each.hits(action, number)).findFirst().orElse(null);
    if (fault == null) {
      return effect.get();
    }
    if (fault.once()) {
      faults.remove(fault);
    }
    // What the effect itself refuses is refused, as without the fault.
    T answer = fault.after() ? effect.get() : null;
    RuntimeException failure = fault.failure().get();
    if (failure == null && answer != null) {
      return answer;
    }
    throw failure == null ? new IllegalStateException("A refusal needs an error") : failure;
  }

  public static Ec2Exception error(String code) {
    return error(code, "Told to fail");
  }

  private static Ec2Exception error(String code, String message) {
    return (Ec2Exception)
        Ec2Exception.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .requestId("req-1")
            .statusCode(400)
            .build();
  }

  private static RuntimeException dropped() {
    return SdkClientException.create("The connection was reset");
  }
}
