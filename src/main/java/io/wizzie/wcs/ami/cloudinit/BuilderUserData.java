package io.wizzie.wcs.ami.cloudinit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.ssh.RootScript;
import io.wizzie.wcs.ami.ssh.SshKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Composes the user data that the builder is launched with. */
public final class BuilderUserData {
  /** EC2's limit, before base64. */
  static final int MAX_BYTES = 16 * 1024;

  private static final JsonMapper JSON = new JsonMapper();
  private static final RootScript BOOT_HOOK =
      RootScript.load(BuilderUserData.class, "builder-boothook.sh");

  private BuilderUserData() {}

  /**
   * User data that hands over the SSH host key, arms the self-termination at every boot, keeps apt
   * timers quiet, and carries the user's own part, if any. The user's part can't replace the host
   * key: of two values for one key of cloud-config the last part's counts, and that is ours.
   *
   * @param privateKeyFile the host key as OpenSSH's file, which differs each time it is made
   * @return at most 16 KiB before base64, gzip-compressed or not; EC2 takes it base64-encoded
   * @throws BuildException category CONFIGURATION when it is larger even when compressed, or when
   *     the user's part is nothing that cloud-init understands
   */
  public static byte[] render(BuilderSpec builder, PublicKey hostKey, Secret privateKeyFile) {
    return render(builder, privateKeyFile.revealUtf8(), SshKeys.publicKeyLine(hostKey).strip());
  }

  /**
   * Checks that {@link #render} will take what the builder is told.
   *
   * @throws BuildException as {@link #render} does
   */
  public static void check(BuilderSpec builder) {
    KeyPair hostKey = SshKeys.generateEd25519();
    byte[] ignored = render(builder, hostKey.getPublic(), SshKeys.privateKeyFile(hostKey));
  }

  static byte[] render(BuilderSpec builder, String privateKey, String publicKey) {
    List<UserDataPart> parts = new ArrayList<>();
    parts.add(UserDataPart.of("text/cloud-config", "10-wcs-ami.cfg", defaults()));
    if (builder.userDataFile() != null) {
      parts.add(UserDataPart.ofFile(builder.userDataFile()));
    }
    parts.add(
        UserDataPart.of("text/cloud-config", "90-wcs-ami.cfg", hostKey(privateKey, publicKey)));
    parts.add(
        UserDataPart.of(
            "text/cloud-boothook",
            "90-wcs-ami-boothook.sh",
            BOOT_HOOK
                .text()
                .replace("@LIFETIME_SECONDS@", String.valueOf(builder.lifetime().toSeconds()))));
    return fitting(multiPart(parts).getBytes(StandardCharsets.UTF_8));
  }

  /** The settings that the user's part may overrule. */
  private static String defaults() {
    // A host name that does not resolve makes each sudo wait for the name servers.
    return cloudConfig(JSON.createObjectNode().put("manage_etc_hosts", "localhost"));
  }

  private static String hostKey(String privateKey, String publicKey) {
    ObjectNode config = JSON.createObjectNode();
    // Without this the image's own host keys, if it has any, would be offered beside the given one.
    config.put("ssh_deletekeys", true);
    config
        .putObject("ssh_keys")
        .put("ed25519_private", privateKey)
        .put("ed25519_public", publicKey);
    return cloudConfig(config);
  }

  /** JSON is YAML, and needs no thought about quoting. */
  private static String cloudConfig(ObjectNode config) {
    try {
      return "#cloud-config\n" + JSON.writeValueAsString(config) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written", e);
    }
  }

  private static String multiPart(List<UserDataPart> parts) {
    String boundary = boundary(parts);
    StringBuilder text = new StringBuilder();
    text.append("Content-Type: multipart/mixed; boundary=\"").append(boundary).append("\"\n");
    text.append("MIME-Version: 1.0\n\n");
    for (UserDataPart part : parts) {
      text.append("--").append(boundary).append('\n').append(part.text());
      text.append(part.text().endsWith("\n") ? "" : "\n");
    }
    return text.append("--").append(boundary).append("--\n").toString();
  }

  private static String boundary(List<UserDataPart> parts) {
    String boundary = "==wcs-ami==";
    while (contains(parts, boundary)) {
      boundary += "=";
    }
    return boundary;
  }

  private static boolean contains(List<UserDataPart> parts, String text) {
    return parts.stream().anyMatch(part -> part.text().contains(text));
  }

  private static byte[] fitting(byte[] plain) {
    if (plain.length <= MAX_BYTES) {
      return plain;
    }
    byte[] compressed = gzip(plain);
    if (compressed.length > MAX_BYTES) {
      throw Category.CONFIGURATION.failure(
          String.format(
              "builder.userDataFile: the builder's user data would have %d bytes, %d compressed;"
                  + " EC2 takes %d. Move its bulk into a provision cookbook, or #include it.",
              plain.length, compressed.length, MAX_BYTES));
    }
    return compressed;
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory could not be written to", e);
    }
    return bytes.toByteArray();
  }
}
