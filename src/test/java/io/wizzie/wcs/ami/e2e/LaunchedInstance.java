package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance that a buyer has launched from an image, logged in to with OpenSSH's client. */
final class LaunchedInstance {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String id;
  private final List<String> login;

  private LaunchedInstance(String id, List<String> login) {
    this.id = id;
    this.login = login;
  }

  /** Launches with the AWS CLI, and waits for the login, not for cloud-init. */
  static LaunchedInstance launch(
      AwsCommand aws, Path folder, String imageId, @Nullable Path userData) {
    String name = "buyer-" + UUID.randomUUID().toString().substring(0, 8);
    Path key = folder.resolve(name + ".pem");
    writeKey(key, aws.ec2("KeyMaterial", "create-key-pair", "--key-name", name));
    List<String> launch =
        new ArrayList<>(
            List.of("run-instances", "--image-id", imageId, "--instance-type", "t3.xlarge"));
    launch.addAll(List.of("--key-name", name));
    if (userData != null) {
      launch.addAll(List.of("--user-data", "file://" + userData));
    }
    String id = aws.ec2("Instances[0].InstanceId", launch.toArray(String[]::new));
    String address =
        poll(
            "the address of " + id,
            () -> {
              String found =
                  aws.ec2(
                      "Reservations[].Instances[?State.Name=='running'][].PublicIpAddress",
                      "describe-instances",
                      "--instance-ids",
                      id);
              return found.isEmpty() ? null : found;
            });
    LaunchedInstance instance =
        new LaunchedInstance(
            id,
            List.of(
                "ssh",
                "-F",
                "none",
                "-i",
                key.toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "-o",
                // A guest on a busy machine may take its time to greet.
                "ConnectTimeout=60",
                "admin@" + address));
    instance.awaitLogin("true");
    return instance;
  }

  private static void writeKey(Path file, String key) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, key + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String id() {
    return id;
  }

  /** Runs a command as root. */
  Ended tryRoot(String command) {
    List<String> all = new ArrayList<>(login);
    all.add("sudo -n sh -c '" + command.replace("'", "'\\''") + "'");
    return Running.run(all);
  }

  /** Runs a command as root, which must succeed; returns what it printed. */
  String root(String command) {
    return tryRoot(command).requireSuccess().stdout().strip();
  }

  /** Reboots and waits for the login after it; returns how long that took. */
  Duration reboot() {
    root("touch /run/before-the-reboot");
    long start = System.nanoTime();
    // The connection may end before the exit status comes.
    Ended ended = tryRoot("systemctl reboot");
    assertThat(ended.exitCode()).isIn(0, 255);
    awaitLogin("test ! -e /run/before-the-reboot");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Waits for the login after it was started from outside. */
  void awaitStart() {
    awaitLogin("true");
  }

  private void awaitLogin(String command) {
    poll(
        "a login to " + id,
        () -> {
          Ended ended = tryRoot(command);
          return ended.exitCode() == 0 ? ended : null;
        });
  }

  /** Asks again and again until there is an answer. */
  private interface Question<T> {
    @Nullable T ask();
  }

  private static <T> T poll(String description, Question<T> question) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      T answer = question.ask();
      if (answer != null) {
        return answer;
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("Interrupted while waiting for " + description, e);
      }
    }
    throw new AssertionError("There was no " + description + " within " + LIMIT);
  }
}
