package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.base.Sha256;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.cloudinit.BuilderUserData;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ChefSpec.ChefPackage;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import io.wizzie.wcs.ami.ssh.SshKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a configuration's cookbooks, files and keys that shows offline: the one list
 * that {@code validate} and the build's check stage both go through.
 */
public final class InputChecks {
  /** An ar archive's first bytes, which a .deb is. */
  private static final String DEBIAN_PACKAGE = "!<arch>\n";

  private final SpecReading reading;
  private final BuildSpec draft;
  private final @Nullable String agentSocket;
  private final List<Problem> problems = new ArrayList<>();

  private InputChecks(SpecReading reading, @Nullable String agentSocket) {
    this.reading = reading;
    this.draft = reading.draft();
    this.agentSocket = agentSocket;
  }

  /**
   * Finds all problems.
   *
   * @param reading a valid configuration, or what could be read of one
   * @param agentSocket value of {@code SSH_AUTH_SOCK}; null when there is no agent
   */
  public static List<Problem> check(SpecReading reading, @Nullable String agentSocket) {
    return new InputChecks(reading, agentSocket).check();
  }

  private List<Problem> check() {
    for (Problem problem : CookbookBundle.check(draft, reading::where)) {
      // That it is not there was told already, with the line that names it.
      if (reading.refused().stream().noneMatch(path -> path.toString().equals(problem.where()))) {
        problems.add(problem);
      }
    }
    file("ssh.privateKeyFile", draft.ssh().privateKeyFile(), InputChecks::privateKey);
    if (draft.ssh().agent() && draft.ssh().keyName() != null && agentSocket == null) {
      problem("ssh.agent", ExistingKey.NO_AGENT);
    }
    file(
        "builder.userDataFile",
        draft.builder().userDataFile(),
        file -> BuilderUserData.check(draft.builder()));
    ChefPackage chef = draft.chef().chefPackage();
    if (chef != null) {
      file("chef.package.file", chef.file(), file -> debianPackage(file, chef.sha256()));
    }
    return problems;
  }

  private interface Check {
    void accept(Path file) throws IOException;
  }

  private void file(String field, @Nullable Path file, Check check) {
    if (file == null || reading.refused().contains(file)) {
      return;
    }
    try {
      check.accept(file);
    } catch (BuildException unfit) {
      problem(field, String.valueOf(unfit.getMessage()));
    } catch (IOException e) {
      problem(field, file + " can't be read (" + e.getMessage() + "); check its permissions.");
    }
  }

  private static void privateKey(Path file) throws IOException {
    try {
      var ignored = SshKeys.parsePrivateKey(Secret.of(Files.readAllBytes(file)));
    } catch (BuildException unfit) {
      throw new BuildException(unfit.category(), file + ": " + unfit.getMessage(), unfit);
    }
  }

  /** The guest checks both again; here they cost no builder. */
  private static void debianPackage(Path file, @Nullable String wanted) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] head = in.readNBytes(DEBIAN_PACKAGE.length());
      if (!DEBIAN_PACKAGE.equals(new String(head, StandardCharsets.ISO_8859_1))) {
        throw Category.CONFIGURATION.failure(file + " is no Debian package; name a .deb file.");
      }
      in.transferTo(OutputStream.nullOutputStream());
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (wanted != null && !actual.equalsIgnoreCase(wanted)) {
      throw Category.CONFIGURATION.failure(
          file
              + " has the SHA-256 "
              + actual
              + ", but chef.package.sha256 is "
              + wanted
              + "; get the right file, or correct the SHA-256.");
    }
  }

  private void problem(String field, String message) {
    String head = field + ": ";
    problems.add(
        new Problem(
            reading.where(field),
            field,
            message.startsWith(head) ? message.substring(head.length()) : message));
  }
}
