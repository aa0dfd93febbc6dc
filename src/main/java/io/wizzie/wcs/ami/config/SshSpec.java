package io.wizzie.wcs.ami.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the builder is logged in to.
 *
 * @param timeout from the instance running to a usable login
 * @param keyName an existing key pair; then {@code privateKeyFile} or {@code agent} has its key. A
 *     temporary pair is made when null
 */
public record SshSpec(
    String user,
    int port,
    Duration timeout,
    Address address,
    KeyType keyType,
    @Nullable String keyName,
    @Nullable Path privateKeyFile,
    boolean agent) {
  /** Which address of the instance is connected to; {@code AUTO} is public where there is one. */
  public enum Address {
    AUTO,
    PUBLIC_IP,
    PRIVATE_IP,
    PUBLIC_DNS,
    PRIVATE_DNS
  }

  /** Type of the temporary key pair, in EC2's words. */
  public enum KeyType {
    ED25519,
    RSA
  }
}
