package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
  private static final int TRIES = 300;
  private static final String CHARACTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=._-'\"\\$ :%é";

  /** A fixed seed: a failure can be had again. */
  private final Random random = new Random(7);

  @Test
  void masksASecretWhereverItStands() {
    for (int i = 0; i < TRIES; i++) {
      String secret = text(8 + random.nextInt(60));
      SecretMask mask = maskOf(secret);
      String before = text(random.nextInt(30));

      assertThat(mask.mask(before + secret + text(random.nextInt(30)))).doesNotContain(secret);
    }
  }

  /** Each of these shares words with what is printed and documented every day. */
  @Test
  void leavesTextWithoutSecretsAlone() {
    SecretMask mask = new SecretMask();
    Stream.of(
            "https://github.com/wizzie-io/tools?key=9fJ2k_x8Q1-zT6",
            "https://robot:p4S9x_22dkQ@github.com/wizzie-io/kafka",
            "docker.io-20.10.24-5xY",
            "Install-docker.io-2026",
            "execute",
            "up to date",
            text(40))
        .forEach(mask::add);

    for (String text :
        List.of(
            "remote_file[https://github.com/wizzie-io/kafka] ran",
            "apt-get -y install docker.io=20.10.24\nnext line",
            "git clone https://github.com/wizzie-io/tools")) {
      assertThat(mask.mask(text)).isEqualTo(text);
      assertThat(mask.json(TextNode.valueOf(text)).textValue()).isEqualTo(text);
    }
  }

  @Test
  void searchesDocumentsForWhatCanOnlyBeASecret() {
    SecretMask mask = new SecretMask();
    List<String> common =
        List.of(
            "docker.io",
            "wizzie",
            "Kafka-3",
            "postgresql-16",
            "20.10.24",
            "https://github.com/wizzie-io/kafka",
            "correct horse battery staple",
            "debian-12-amd64",
            "t0k3n");
    common.forEach(mask::add);
    List<String> secrets =
        List.of("9fJ2k_x8Q1-zT6", "0f3a9bd17c2e", "https://me:pw3x@proxy:3128/", "hunT3r2!x9");
    secrets.forEach(mask::add);

    for (String value : common) {
      assertThat(mask.json(TextNode.valueOf("of " + value)).textValue()).isEqualTo("of " + value);
    }
    for (String secret : secrets) {
      assertThat(mask.json(TextNode.valueOf("of " + secret)).textValue()).isEqualTo("of (secret)");
    }
    // What a person reads may lose a word; a password of one must not be shown.
    assertThat(mask.mask("password=docker.io")).isEqualTo("password=(secret)");
  }

  @Test
  void noSecretChangesTheIdOfAResource() {
    SecretMask mask = maskOf("ami-0123456789abcdef0");
    mask.add("xx-ami-0123456789abcdef0-yy");

    assertThat(mask.json(TextNode.valueOf("ami-0123456789abcdef0")).textValue())
        .isEqualTo("ami-0123456789abcdef0");
  }

  @Test
  void masksWhatPiecesShowOfASecretThatIsCutAnywhere() {
    for (int i = 0; i < TRIES; i++) {
      String secret = text(24 + random.nextInt(100)).replace(' ', 'x');
      String stream = text(random.nextInt(40)) + secret + text(random.nextInt(40));
      SecretMask mask = maskOf(secret);
      int cut = random.nextInt(stream.length() + 1);

      String shown = mask.mask(stream.substring(0, cut)) + mask.mask(stream.substring(cut));

      // A run of twelve may happen to look like words.
      assertNothingOf(secret, shown, SecretMask.PIECE + 4);
    }
  }

  @Test
  void masksWhatTheEndsOfALineShowOfASecretThatIsCutThere() {
    String secret = "8Fq2zLw-9Tr!kX4m_0Pd";
    SecretMask mask = maskOf(secret);
    mask.add("database-backup");
    for (int length = SecretMask.SHORTEST; length <= secret.length(); length++) {
      assertThat(mask.mask("it is " + secret.substring(0, length))).isEqualTo("it is (secret)");
      assertThat(mask.mask(secret.substring(secret.length() - length) + ", it is"))
          .isEqualTo("(secret), it is");
    }
    assertThat(mask.mask("8Fq2zLx of 4m_0Pd and database"))
        .isEqualTo("8Fq2zLx of 4m_0Pd and database");
  }

  @Test
  void masksEncodedForms() {
    for (int i = 0; i < TRIES; i++) {
      String secret = text(12 + random.nextInt(60)).strip();
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      byte[] within = (text(random.nextInt(9)) + secret + text(5)).getBytes(StandardCharsets.UTF_8);
      SecretMask mask = maskOf(secret);

      for (String form :
          List.of(
              Base64.getEncoder().encodeToString(bytes),
              Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
              HexFormat.of().formatHex(bytes),
              HexFormat.of().withUpperCase().formatHex(bytes),
              URLEncoder.encode(secret, StandardCharsets.UTF_8),
              secret.replace("\\", "\\\\").replace("\"", "\\\""))) {
        assertThat(mask.mask("x=" + form + ";")).doesNotContain(form);
      }
      String base64 = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(within);
      String shown = mask.mask(base64);
      String own = Base64.getEncoder().encodeToString(bytes).replace("=", "");
      assertThat(shown).isNotEqualTo(base64);
      assertThat(shown).doesNotContain(own);
    }
  }

  @Test
  void masksEveryLineOfAKeyInWhateverFormItIsPrinted() {
    String key = key();
    SecretMask mask = maskOf(key);
    String body = key.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);

    for (String printed :
        List.of(
            key,
            key.replace("\n", "\\n"),
            key.replace("\n", " "),
            "key: |\n    " + key.replace("\n", "\n    "),
            body,
            Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))) {
      StringBuilder shown = new StringBuilder();
      printed.lines().forEach(line -> shown.append(mask.mask(line)));
      assertNothingOf(body, shown.toString());
    }
    assertThat(mask.mask("-----BEGIN OPENSSH PRIVATE KEY-----")).startsWith("-----BEGIN");
  }

  @Test
  void passesOverWhatIsTooShortToBeASecret() {
    assertThat(maskOf("yes").mask("yes, that is it")).isEqualTo("yes, that is it");
  }

  @Test
  void hidesPrivateKeysThatNobodyKnewOfButNotForEver() {
    List<BuildEvent> shown = new ArrayList<>();
    FanOut listeners = fanOut(shown);
    List<String> lines = new ArrayList<>(key().lines().toList());
    lines.add(0, "before");
    lines.add("after");
    lines.forEach(line -> listeners.accept(output("chef-solo", line)));
    listeners.accept(output("chef-solo", "-----BEGIN RSA PRIVATE KEY-----"));
    listeners.accept(output("clean", "of another program"));
    for (int i = 0; i < 300; i++) {
      listeners.accept(output("chef-solo", "line " + i));
    }

    List<String> texts = shown.stream().map(e -> ((BuildEvent.GuestOutput) e).line()).toList();
    assertThat(texts.subList(0, lines.size()))
        .startsWith("before", SecretMask.MASKED)
        .endsWith(SecretMask.MASKED, "after");
    assertNothingOf(key(), String.join("", texts));
    assertThat(texts).contains("of another program").endsWith("line 299");
  }

  @Test
  void noListenerGetsASecretInAnyEvent() {
    String secret = "hunter2-hunter2-hunter2";
    Instant at = Instant.EPOCH;
    List<BuildEvent> shown = new ArrayList<>();
    FanOut listeners = fanOut(shown);

    listeners.accept(new BuildEvent.SecretKnown(at, secret));
    String text = "it is " + secret;
    for (BuildEvent event :
        List.of(
            output("chef-solo", text),
            new BuildEvent.Progress(at, text),
            new BuildEvent.Warning(at, text),
            new BuildEvent.StageFailed(at, "converge", text, java.time.Duration.ZERO),
            new BuildEvent.StageFinished(at, "converge", text, java.time.Duration.ZERO),
            new BuildEvent.ResourceLeft(
                at,
                new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"),
                text,
                "remove it"))) {
      listeners.accept(event);
    }

    assertThat(shown).hasSize(6).noneMatch(event -> event.toString().contains("hunter2"));
    assertThat(new BuildEvent.SecretKnown(at, secret).toString()).doesNotContain("hunter2");
  }

  @Test
  void copiesAFailureWithoutTheSecretsOfItsCauses() {
    SecretMask mask = maskOf("hunter2-hunter2-hunter2");
    IllegalStateException cause = new IllegalStateException("said hunter2-hunter2-hunter2");
    RuntimeException failure = new RuntimeException("failed", new RuntimeException("why", cause));
    failure.addSuppressed(new IllegalStateException("also hunter2-hunter2-hunter2"));

    java.io.StringWriter trace = new java.io.StringWriter();
    Throwable shown = mask.cause(failure);
    assertThat(shown).isNotNull();
    shown.printStackTrace(new java.io.PrintWriter(trace));

    assertThat(trace.toString()).contains("failed", "why", "said (secret)", "also (secret)");
    assertThat(trace.toString()).doesNotContain("hunter2");
    RuntimeException harmless = new RuntimeException("no secret");
    assertThat(mask.cause(harmless)).isSameAs(harmless);
  }

  /** Of a long secret no run of characters may be left from which the rest could be guessed. */
  private static void assertNothingOf(String secret, String shown) {
    assertNothingOf(secret, shown, SecretMask.PIECE);
  }

  private static void assertNothingOf(String secret, String shown, int length) {
    for (int i = 0; i + length <= secret.length(); i++) {
      assertThat(shown).doesNotContain(secret.substring(i, i + length));
    }
  }

  private String key() {
    byte[] bytes = new byte[400];
    new Random(3).nextBytes(bytes);
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END OPENSSH PRIVATE KEY-----\n";
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }

  private static SecretMask maskOf(String secret) {
    SecretMask mask = new SecretMask();
    mask.add(secret);
    return mask;
  }

  private static BuildEvent output(String source, String line) {
    return new BuildEvent.GuestOutput(Instant.EPOCH, source, line);
  }

  private static FanOut fanOut(List<BuildEvent> shown) {
    return new FanOut(new SteppingClock(), new SecretMask())
        .add(
            "a list",
            new BuildListener() {
              @Override
              public void accept(BuildEvent event) {
                shown.add(event);
              }

              @Override
              public void close() {}
            });
  }
}
