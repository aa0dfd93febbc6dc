package io.wizzie.wcs.ami.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.Waiter.Poll;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaiterTest {
  private static final String FIELD = "builder.launchTimeout";

  private final VirtualTime time = new VirtualTime();
  private final List<String> said = new ArrayList<>();
  private final Waiter waiter = new Waiter(time, time, new Random(1), said::add);

  @AfterEach
  void clearTheInterrupt() {
    boolean unused = Thread.interrupted();
  }

  private String await(List<Supplier<Poll<String>>> looks) {
    Deque<Supplier<Poll<String>>> left = new ArrayDeque<>(looks);
    return waiter.until(
        "i-1 to run",
        Duration.ofMinutes(5),
        FIELD,
        () -> left.remove().get(),
        () -> "EC2 says: slow.");
  }

  private static Supplier<Poll<String>> pending(String state) {
    return () -> Poll.pending(state);
  }

  private static Supplier<Poll<String>> refused(String code) {
    return () -> {
      throw failure(code);
    };
  }

  private static Ec2CallException failure(String code) {
    return new Ec2CallException(
        Category.EC2, code, "Any", code, FailureKind.ofCode(code), Faults.error(code));
  }

  private void assertPauses(long... millis) {
    assertThat(time.pauses()).hasSize(millis.length);
    for (int i = 0; i < millis.length; i++) {
      // Up to half of it more, so that parallel builds do not ask in step.
      assertThat(time.pauses().get(i).toMillis()).isBetween(millis[i], millis[i] * 3 / 2);
    }
  }

  @Test
  void asksAtOnceSoonAgainAndThenEveryTwoToThreeSeconds() {
    List<Supplier<Poll<String>>> looks = new ArrayList<>(Collections.nCopies(4, pending("a")));
    looks.add(pending("b"));
    looks.add(() -> Poll.done("up"));

    assertThat(await(looks)).isEqualTo("up");
    assertPauses(250, 500, 1000, 2000, 2000);
    assertThat(said).containsExactly("a", "b");
  }

  @Test
  void backsOffWhileThrottledAndComesBackAfterwards() {
    List<Supplier<Poll<String>>> looks =
        new ArrayList<>(Collections.nCopies(5, refused("RequestLimitExceeded")));
    looks.addAll(Collections.nCopies(4, refused("ServiceUnavailable")));
    looks.add(pending("a"));
    looks.add(pending("a"));
    looks.add(() -> Poll.done("up"));
    await(looks);

    assertPauses(250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 2000, 2000);
    assertThat(said).containsExactly("EC2 throttles", "EC2 answers ServiceUnavailable", "a");
  }

  @Test
  void endsAtOnceOnAnyOtherRefusal() {
    assertThatThrownBy(() -> await(List.of(refused("UnauthorizedOperation"))))
        .isInstanceOf(Ec2CallException.class);
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void asksWhyWhenTheTimeIsUp() {
    assertThatThrownBy(
            () ->
                waiter.until(
                    "i-1 to run",
                    Duration.ofSeconds(30),
                    FIELD,
                    () -> Poll.<String>pending("i-1 is pending"),
                    () -> "EC2 says: slow."))
        .isInstanceOf(BuildException.class)
        .hasMessage(
            "Timed out after 30 s (builder.launchTimeout) waiting for i-1 to run."
                + " Last seen: i-1 is pending. EC2 says: slow.");
    assertThat(time.pauses()).hasSizeBetween(12, 19);
  }

  @Test
  void stillEndsWhenEc2CanNotBeAskedWhy() {
    assertThatThrownBy(
            () ->
                waiter.until(
                    "i-1 to run",
                    Duration.ZERO,
                    FIELD,
                    () -> Poll.<String>pending("i-1 is pending"),
                    () -> {
                      throw failure("UnauthorizedOperation");
                    }))
        .hasMessageContaining("EC2 could not be asked why: UnauthorizedOperation");
  }

  @Test
  void endsWhenInterruptedAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> await(List.of(pending("a"))))
        .isInstanceOfSatisfying(
            BuildException.class,
            failed -> assertThat(failed.category()).isEqualTo(Category.INTERRUPTED));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void repeatsACallOnlyForTheGivenCodes() {
    Deque<Supplier<String>> answers = new ArrayDeque<>();
    answers.add(
        () -> {
          throw failure("InvalidGroup.NotFound");
        });
    answers.add(() -> "done");

    assertThat(
            waiter.retrying(
                "Launching",
                Duration.ofMinutes(1),
                Set.of("InvalidGroup.NotFound"),
                () -> answers.remove().get()))
        .isEqualTo("done");
    assertThatThrownBy(
            () ->
                waiter.retrying(
                    "Launching",
                    Duration.ofMinutes(1),
                    Set.of("InvalidGroup.NotFound"),
                    () -> {
                      throw failure("InvalidParameterValue");
                    }))
        .hasMessage("InvalidParameterValue");
  }

  @Test
  void throwsTheLastRefusalWhenRepeatingDidNotHelp() {
    assertThatThrownBy(
            () ->
                waiter.retrying(
                    "Deleting sg-1",
                    Duration.ofSeconds(20),
                    Set.of("DependencyViolation"),
                    () -> {
                      throw failure("DependencyViolation");
                    }))
        .isInstanceOf(Ec2CallException.class)
        .hasMessage("DependencyViolation");
    assertThat(time.pauses()).hasSizeBetween(9, 13);
  }
}
