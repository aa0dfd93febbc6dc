package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cookbooks that print every secret there is, run by somebody whose umask hides nothing. */
class SecretsIT extends WorkplaceCase {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private final String dataBagSecret =
      Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(random(400)) + "\n";
  private final String password = text(random(9)) + "\"\\'$(x) " + text(random(9));
  private final String token = text(random(24));
  private final PlantedSecrets secrets =
      new PlantedSecrets()
          .add("the data bags' secret", dataBagSecret)
          .add("the password", password)
          .add("the token", token);

  private List<Path> written;

  @BeforeEach
  void plant() throws IOException {
    ObjectNode extra = new JsonMapper().createObjectNode();
    Path secretFile = workplace.write("data-bag-secret", dataBagSecret);
    extra
        .putObject("provision")
        .put("encryptedDataBagSecretFile", secretFile.toString())
        .putObject("attributes")
        .putObject("trial")
        .put("db_password", password)
        // By its name nothing that is secret.
        .put(
            "note",
            "in " + Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
    extra
        .putObject("bootstrap")
        .putObject("attributes")
        .putObject("trialboot")
        .put("admin_token", token);
    written = List.of(secretFile, workplace.write("secret.json", extra.toString()));
    Path output = Files.createDirectory(workplace.folder().resolve("output"));
    Files.setPosixFilePermissions(output, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @Test
  void aFailingBuildShowsNoneOfThemAnywhere() throws IOException {
    Set<String> processes;
    Ended build;
    try (ProcessSampler sampler = ProcessSampler.start()) {
      build = build("--output json --on-error keep --verbose", "trial::leaks_and_fails");
      processes = sampler.seen();
    }

    assertThat(build.exitCode()).as(build.stderr()).isEqualTo(3);
    JsonNode document = new JsonMapper().readTree(build.stdout());
    assertThat(document.path("error").path("message").asText())
        .contains("fail with the keys", "(secret)");
    assertThat(build.stderr()).contains("The password is (secret)", "\tat ");
    Path key = workplace.buildFolder().resolve("ssh_key");
    String login = single(build.stderr(), "(?m)Log in: (ssh .*)$");
    secrets.add("the temporary key", Workplace.read(key));
    secrets.add("the host key", inGuest(login, "sudo cat /etc/ssh/ssh_host_ed25519_key"));

    requireNoneIn(build);
    // The region, as EC2 does, keeps the user data of an instance for as long as there is one.
    requireNoneInFiles(
        file ->
            !file.equals(key)
                // The public half, which the private key's file holds too.
                && !file.endsWith("known_hosts")
                && (!file.startsWith(workplace.stateFolder())
                    || file.startsWith(workplace.stateFolder().resolve("log"))));
    processes.forEach(seen -> secrets.requireNoneIn("a process", seen));
    String inGuest = inGuest(login, "sudo cat /run/trial-processes");
    assertThat(inGuest).contains("chef-solo", "PATH=");
    secrets.requireNoneIn("a process in the guest", inGuest);
    // What is below the folder, nobody but root reaches.
    assertThat(inGuest(login, "sudo cat /run/trial-staging").lines())
        .contains("700 d /root/.wcs-ami", "600 f /root/.wcs-ami/encrypted_data_bag_secret");
    requirePrivateFiles();
  }

  @Test
  void aBuildThatSucceedsShowsNoneOfThemAnywhere() throws IOException {
    Set<String> processes;
    Ended build;
    try (ProcessSampler sampler = ProcessSampler.start()) {
      build = build("--output json", "trial::leaks");
      processes = sampler.seen();
    }

    build.requireSuccess();
    Path folder = workplace.buildFolder();
    assertThat(Workplace.read(folder.resolve("build.log"))).contains("The password is (secret)");
    String manifest = Workplace.read(folder.resolve("manifest.json"));
    assertThat(new JsonMapper().readTree(manifest)).isEqualTo(build.manifest());
    assertThat(manifest).contains("\"db_password\" : \"(secret)\"", "\"note\" : \"in (secret)");
    requireNoneIn(build);
    requireNoneInFiles(file -> true);
    processes.forEach(seen -> secrets.requireNoneIn("a process", seen));
    requirePrivateFiles();
  }

  private Ended build(String options, String recipe) {
    return workplace.shell(
        "umask 000; exec $WCS_AMI build --region local --config '"
            + Workplace.TRIAL
            + "' --config secret.json --set 'provision.runList=[\""
            + recipe
            + "\"]' "
            + options);
  }

  private void requireNoneIn(Ended build) {
    secrets.requireNoneIn("stdout", build.stdout());
    secrets.requireNoneIn("stderr", build.stderr());
  }

  private interface Choice {
    boolean takes(Path file);
  }

  private void requireNoneInFiles(Choice choice) {
    List<Path> files =
        below(workplace.folder()).stream()
            .filter(file -> Files.isRegularFile(file) && !written.contains(file))
            .filter(choice::takes)
            .toList();
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .contains("build.log", "events.jsonl", "journal.jsonl", "actions.jsonl");
    files.forEach(file -> secrets.requireNoneIn(file.toString(), bytes(file)));
  }

  /** Whatever the program has made is its user's alone. */
  private void requirePrivateFiles() {
    Path output = workplace.folder().resolve("output");
    List<String> open = new ArrayList<>();
    for (Path file : below(workplace.folder())) {
      if (!file.equals(workplace.folder()) && !file.equals(output) && !written.contains(file)) {
        Set<PosixFilePermission> found = permissions(file);
        if (!OWNERS.containsAll(found)) {
          open.add(PosixFilePermissions.toString(found) + " " + file);
        }
      }
    }
    assertThat(open).isEmpty();
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !Files.isSymbolicLink(file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String bytes(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String inGuest(String login, String command) {
    return Running.run(List.of("sh", "-c", login + " -o BatchMode=yes '" + command + "'"))
        .requireSuccess()
        .stdout();
  }

  private static String single(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in%n%s", pattern, text).isTrue();
    return matcher.group(1);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
