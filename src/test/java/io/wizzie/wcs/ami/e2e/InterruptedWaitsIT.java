package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.ssh.SshKeys;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/**
 * Builds that are interrupted while they wait for what never comes: an answer of EC2, of a guest,
 * of an SSH agent, of another program, or the end of the local region's own work.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptedWaitsIT extends WorkplaceCase {
  /**
   * From the signal until the cleanup is under way and says so. Five seconds are promised, and less
   * than one is usual; what is waited for here takes minutes, and other builds run beside.
   */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final String CLEANING = "Interrupted; cleaning up.";
  private static final String NOTHING_THERE = "Interrupted before anything was done.";
  private static final String ALL_REMOVED = "Everything that the build created was removed.";
  private static final Pattern HOST_KEY =
      Pattern.compile("(?m)^\\{\"ssh_deletekeys.*\"ed25519_private\":\"([^\"]*)\"");
  private static final int LIST_KEYS = 11;
  private static final int KEYS = 12;

  private HollowRegion region;

  @BeforeEach
  void openRegion() {
    region = HollowRegion.open(workplace.folder().resolve("hollow"));
    workplace.variable("AWS_ACCESS_KEY_ID", region.region().accessKey().id());
    workplace.variable("AWS_SECRET_ACCESS_KEY", region.region().accessKey().secret().revealUtf8());
  }

  @AfterEach
  void closeRegion() {
    region.close();
  }

  /** Sends the signal; the process has to say what it does, and to end. */
  private static Ended interrupt(Running build, String signal, int code, String says) {
    long signalled = System.nanoTime();
    build.signal(signal);
    build.awaitMessage(says);
    Duration said = Duration.ofNanos(System.nanoTime() - signalled);
    build.awaitAtMost(AT_ONCE.multipliedBy(3));
    Duration took = Duration.ofNanos(System.nanoTime() - signalled);
    assertThat(build.isAlive()).as("alive, after%n%s", build.messages()).isFalse();
    assertThat(said).isLessThan(AT_ONCE);
    assertThat(took).isLessThan(AT_ONCE.multipliedBy(2));
    Ended ended = build.await();
    assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(code);
    assertThat(ended.stderr()).doesNotContain("Internal error");
    return ended;
  }

  /** The same, and everything it has made is gone. */
  private void interruptBuilder(Running build, String signal) {
    Ended ended = interrupt(build, signal, 130, "remove: ").requireFailed(130);
    assertThat(ended.stderr()).contains(CLEANING, ALL_REMOVED);
    requireEmptyRegion();
  }

  private void requireEmptyRegion() {
    // Closed with the region itself.
    region.view().requireNothingBut();
  }

  @Test
  void theBuilderTakesTheConnectionAndSaysNothing() throws Exception {
    try (SilentPeer guest = SilentPeer.onPort();
        Running build = workplace.start(region.trial("--set", "ssh.port=" + guest.port()))) {
      guest.awaitCaller();

      interruptBuilder(build, "INT");
    }
  }

  @Test
  void theBuildersNetworkSwallowsEverything() throws Exception {
    // A connection in the queue and one more that nobody takes: the kernel drops all others.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort());
        Running build =
            workplace.start(region.trial("-v", "--set", "ssh.port=" + full.getLocalPort()))) {
      assertThat(List.of(first, second)).allMatch(Socket::isConnected);
      build.awaitMessage("Connecting to ");

      interruptBuilder(build, "TERM");
    }
  }

  @Test
  void theCookbooksAreStillBundledBesideTheConnecting() throws Exception {
    Path files = Files.createDirectories(workplace.folder().resolve("more/vast/files"));
    Files.writeString(files.resolveSibling("metadata.rb"), "name 'vast'\nversion '1.0.0'\n");
    try (RandomAccessFile zeros = new RandomAccessFile(files.resolve("zeros").toFile(), "rw")) {
      // Takes no room, and minutes to read.
      zeros.setLength(100L << 30);
    }
    try (SilentPeer guest = SilentPeer.onPort();
        Running build =
            workplace.start(
                region.trial(
                    "--set",
                    "ssh.port=" + guest.port(),
                    "--set",
                    "provision.cookbookPaths=[\"%s\", \"%s\"]"
                        .formatted(
                            Workplace.TRIAL.resolveSibling("provision"),
                            workplace.folder().resolve("more"))))) {
      guest.awaitCaller();
      assertThat(build.messages()).doesNotContain("bundle: 2 cookbooks");

      interruptBuilder(build, "INT");
    }
  }

  private String[] withAgent(int port) {
    region.view().ec2().createKeyPair(request -> request.keyName("own"));
    workplace.variable("SSH_AUTH_SOCK", workplace.folder().resolve("agent").toString());
    return region.trial(
        "--set", "ssh.port=" + port, "--set", "ssh.keyName=own", "--set", "ssh.agent=true");
  }

  @Test
  void theSshAgentDoesNotSayWhichKeysItHas() throws Exception {
    try (SilentPeer agent = SilentPeer.onSocket(workplace.folder().resolve("agent"), caller -> {});
        Running build = workplace.start(withAgent(22))) {
      agent.awaitCaller();

      interruptBuilder(build, "INT");
    }
  }

  @Test
  void theSshAgentNeverSigns() throws Exception {
    KeyPair key = SshKeys.generateEd25519();
    SshServer guest = SshServer.setUpDefaultServer();
    guest.setHost("127.0.0.1");
    guest.setKeyPairProvider((KeyPairProvider) session -> List.of(hostKey()));
    guest.setPublickeyAuthenticator((user, offered, session) -> true);
    guest.start();
    try (guest;
        SilentPeer agent =
            SilentPeer.onSocket(
                workplace.folder().resolve("agent"), caller -> listKeys(caller, key));
        Running build = workplace.start(withAgent(guest.getPort()))) {
      agent.awaitCaller();

      interruptBuilder(build, "TERM");
    }
  }

  /** The key that the builder was given to show. */
  private KeyPair hostKey() {
    String userData = region.guests().request(region.guests().guests().get(0)).userData();
    String text =
        new String(Base64.getDecoder().decode(String.valueOf(userData)), StandardCharsets.UTF_8);
    Matcher found = HOST_KEY.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return SshKeys.parsePrivateKey(
        Secret.of(found.group(1).replace("\\n", "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** Answers what draft-ietf-sshm-ssh-agent wants until a signature is asked for. */
  private static void listKeys(SocketChannel caller, KeyPair key) throws IOException {
    byte[] blob = Base64.getDecoder().decode(SshKeys.publicKeyLine(key).split(" ", -1)[1]);
    while (true) {
      ByteBuffer request = SilentPeer.read(caller, SilentPeer.read(caller, 4).getInt());
      if (request.get() != LIST_KEYS) {
        return;
      }
      int length = 1 + 4 + 4 + blob.length + 4;
      ByteBuffer answer = ByteBuffer.allocate(4 + length);
      answer.putInt(length).put((byte) KEYS).putInt(1).putInt(blob.length).put(blob).putInt(0);
      caller.write(answer.flip());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theEndpointNeverAnswers(String signal) throws Exception {
    try (SilentPeer endpoint = SilentPeer.onPort();
        Running build =
            workplace.start(
                Workplace.trial("--endpoint-url", "http://127.0.0.1:" + endpoint.port()))) {
      endpoint.awaitCaller();

      Ended ended = interrupt(build, signal, 130, CLEANING);
      assertThat(ended.stderr()).doesNotContain("access:");
    }
  }

  @Test
  void theAnswerToALaunchDoesNotCome() throws Exception {
    region.stage(
        """
        {"faults": [{"actions": ["RunInstances"], "answerAfter": "10m"}]}
        """);
    try (Running build = workplace.start(region.trial())) {
      region.guests().awaitLaunch();

      interruptBuilder(build, "INT");
    }
  }

  @Test
  void theEndpointFailsAgainAndAgain() {
    region.stage(
        """
        {"faults": [{"actions": ["AuthorizeSecurityGroupIngress"],
          "error": {"code": "InternalError", "message": "Sorry.", "status": 500}}]}
        """);
    try (Running build = workplace.start(region.trial("-v"))) {
      build.awaitMessage("trying again");

      interruptBuilder(build, "TERM");
    }
  }

  /** The process that gives the access key does this first. */
  private void giveKey(String first) {
    Path script =
        workplace.write(
            "give.sh",
            """
            cd '%s' || exit
            %s
            echo '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s",'
            echo ' "Expiration": "2026-01-01T00:00:00Z"}'
            """
                .formatted(
                    workplace.folder(),
                    first,
                    region.region().accessKey().id(),
                    region.region().accessKey().secret().revealUtf8()));
    Path config =
        workplace.write("config", "[profile p]\ncredential_process = bash " + script + "\n");
    workplace.variable("AWS_CONFIG_FILE", config.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theCredentialProcessHangsAtFirst(String signal) throws Exception {
    try (SilentPeer signIn = SilentPeer.onPort()) {
      giveKey(signIn.waiting());
      try (Running build = workplace.start(region.trial("--profile", "p"))) {
        signIn.awaitCaller();

        interrupt(build, signal, 130, NOTHING_THERE);
      }
    }
    requireEmptyRegion();
  }

  @Test
  void theCredentialProcessHangsLater() throws Exception {
    region.stage(
        """
        {"delays": {"instance": {"pending": "10m"}}}
        """);
    try (SilentPeer signIn = SilentPeer.onPort()) {
      giveKey(
          "if [ -e launched ] && mkdir once 2> /dev/null; then %s; fi".formatted(signIn.waiting()));
      try (Running build = workplace.start(region.trial("--profile", "p"))) {
        region.guests().awaitLaunch();
        workplace.write("launched", "");
        signIn.awaitCaller();

        interruptBuilder(build, "INT");
      }
    }
  }

  /** Podman hangs at this verb for as long as the other says nothing. */
  private void hangPodman(String verb, SilentPeer other) {
    try {
      Path bin = Files.createDirectory(workplace.folder().resolve("bin"));
      Path podman =
          Files.writeString(
              bin.resolve("podman"),
              """
              #!/bin/bash
              case " $* " in *' %s '*) %s ;; esac
              PATH=${PATH#*:} exec podman "$@"
              """
                  .formatted(verb, other.waiting()));
      Files.setPosixFilePermissions(podman, PosixFilePermissions.fromString("rwxr-xr-x"));
      workplace.variable("PATH", bin + ":" + System.getenv("PATH"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thePodmanThatTheLocalRegionStartedHangs() throws Exception {
    try (SilentPeer podman = SilentPeer.onPort()) {
      hangPodman("info", podman);
      try (Running build = workplace.start(Workplace.trial())) {
        podman.awaitCaller();

        interrupt(build, "TERM", 130, NOTHING_THERE);
      }
    }
  }

  @Test
  void anotherProcessHoldsTheLocalRegionsState() throws Exception {
    Path lock = Files.createDirectories(workplace.stateFolder()).resolve("lock");
    try (LockFile held = LockFile.tryTake(lock, Duration.ofSeconds(1)).orElseThrow();
        Running build = workplace.start(Workplace.trial())) {
      while (!hasOpen(build, lock)) {
        build.awaitAtMost(Duration.ofMillis(20));
        assertThat(build.isAlive()).as(build.messages()).isTrue();
      }

      interrupt(build, "INT", 130, NOTHING_THERE);
      assertThat(held.valid()).isTrue();
    }
  }

  private static boolean hasOpen(Running process, Path file) {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      for (Path one : open.toList()) {
        if (Files.isSymbolicLink(one) && Files.readSymbolicLink(one).equals(file)) {
          return true;
        }
      }
    } catch (IOException changed) {
      // It was closed meanwhile; the next look tells more.
    }
    return false;
  }

  @Test
  void theLocalRegionsGuestsAreStillRemovedWhenItCloses() throws Exception {
    HollowRegion earlier = HollowRegion.open(workplace.stateFolder());
    String doomed = earlier.leaveDoomedInstance();
    assertThatThrownBy(earlier::close).hasMessageContaining(doomed);
    try (SilentPeer podman = SilentPeer.onPort()) {
      hangPodman("rm", podman);
      try (Running build =
          workplace.start(
              Workplace.trial("--set", "sourceImage.filters={\"name\": [\"none-such\"]}"))) {
        build.awaitMessage("The local region waits, before it closes, for the work on [" + doomed);

        Ended ended = interrupt(build, "INT", 2, "work undone on {" + doomed);
        assertThat(ended.stderr()).contains("none-such");
      }
    }
  }

  @Test
  void theLocalRegionIsServedWithACallUnderWay() throws Exception {
    workplace.stage(
        """
        {"faults": [{"actions": ["RunInstances"], "answerAfter": "10m"}]}
        """);
    try (SilentPeer podman = SilentPeer.onPort()) {
      hangPodman("run", podman);
      try (Running serving = workplace.start("local", "serve");
          Ec2Client client = client(serving.awaitResult())) {
        String base =
            client.describeImages(request -> request.owners("amazon")).images().get(0).imageId();
        CompletableFuture<RunInstancesResponse> call =
            CompletableFuture.supplyAsync(
                () ->
                    client.runInstances(request -> request.imageId(base).minCount(1).maxCount(1)));
        podman.awaitCaller();
        serving.signal("TERM");
        serving.awaitMessage("The local region waits, before it closes, for the work on [i-");

        interrupt(serving, "TERM", 130, "work undone on {i-");
        // With the answer, or without one: nobody waits for a region that is no more.
        assertThat(call.handle((answer, failure) -> true)).succeedsWithin(AT_ONCE);
      }
    }
  }

  private Ec2Client client(String endpoint) {
    List<String> key = workplace.accessKey();
    return Ec2Client.builder()
        .region(Region.of("local"))
        .endpointOverride(URI.create(endpoint))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.get(0), key.get(1))))
        .build();
  }
}
