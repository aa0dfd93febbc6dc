package io.wizzie.wcs.ami.localregion.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The access key of a state folder, made by chance when it is first wanted and kept as {@code
 * access/credentials}, readable by its owner only; and where the region is served to others.
 *
 * <p>The file has the AWS CLI's format, so that {@code AWS_SHARED_CREDENTIALS_FILE} can name it.
 */
public final class AccessKeyFile {
  private static final String CREDENTIALS = "credentials";
  private static final String ENDPOINT = "endpoint";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Access key IDs of AWS have 20 characters too, but begin otherwise. */
  private static final String PREFIX = "WCSLOCAL";

  private final SharedFolder folder;

  public AccessKeyFile(Path stateFolder) {
    this.folder = new SharedFolder(stateFolder.resolve("access"));
  }

  /** The key, which is made if there is none, or if others could have read it. */
  public AccessKey key() {
    return folder.locked(
        () -> {
          Optional<byte[]> kept =
              isOwnersOnly() ? folder.read(CREDENTIALS) : Optional.<byte[]>empty();
          return kept.flatMap(AccessKeyFile::parse).orElseGet(this::made);
        });
  }

  /** Where {@code local serve} serves the region now, or did when it was killed. */
  public Optional<URI> endpoint() {
    return folder.read(ENDPOINT).map(text -> URI.create(new String(text, UTF_8).strip()));
  }

  /** Notes where the region is served; the last one who does counts. */
  public void serve(URI endpoint) {
    folder.locked(
        () -> {
          folder.replace(ENDPOINT, (endpoint + "\n").getBytes(UTF_8));
          return true;
        });
  }

  /** Forgets where the region was served, unless another one serves it meanwhile. */
  public void serveNoMore(URI endpoint) {
    folder.locked(
        () -> {
          if (endpoint().equals(Optional.of(endpoint))) {
            folder.delete(ENDPOINT);
          }
          return true;
        });
  }

  private boolean isOwnersOnly() {
    Path file = folder.file(CREDENTIALS);
    try {
      return OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException e) {
      throw Category.HOST.failure("The file " + file + " can't be read: " + e, e);
    }
  }

  private static Optional<AccessKey> parse(byte[] text) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(new String(text, UTF_8)));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    String id = lines.getProperty("aws_access_key_id");
    String secret = lines.getProperty("aws_secret_access_key");
    return id == null || secret == null
        ? Optional.empty()
        : Optional.of(new AccessKey(id, Secret.ofUtf8(secret)));
  }

  private AccessKey made() {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder(PREFIX);
    random.ints(12, 'A', 'Z' + 1).forEach(id::appendCodePoint);
    byte[] bytes = new byte[30];
    random.nextBytes(bytes);
    // In this alphabet nothing needs a shell's quotes.
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    folder.replace(
        CREDENTIALS,
        "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
            .formatted(id, secret)
            .getBytes(UTF_8));
    return new AccessKey(id.toString(), Secret.ofUtf8(secret));
  }
}
