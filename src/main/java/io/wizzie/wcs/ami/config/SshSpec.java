package io.wizzie.wcs.ami.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The login to the builder. */
public record SshSpec(
    @Field(value = "Login user of the source image.", byDefault = "ubuntu", form = TextForm.USER)
        String user,
    @Field(
            value = "Port of the SSH server.",
            byDefault = "22",
            between = {"1", "65535"})
        int port,
    @Field(
            value = "From the instance running to a usable login.",
            byDefault = "5m",
            between = {"10s", "1h"})
        Duration timeout,
    @Field(
            value = "Which address is connected to; `auto` is the public one where there is one.",
            byDefault = "auto")
        Address address,
    @Field(value = "Type of the temporary key pair.", byDefault = "ed25519") KeyType keyType,
    @Field(
            value =
                "An existing key pair; `privateKeyFile` or `agent` has its private key. Without it a"
                    + " temporary key pair is made.",
            form = TextForm.KEY_NAME)
        @Nullable String keyName,
    @Field(value = "Private key of `keyName`.", form = TextForm.FILE) @Nullable Path privateKeyFile,
    @Field(value = "Log in with the key of `keyName` that an SSH agent has.", byDefault = "false")
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
