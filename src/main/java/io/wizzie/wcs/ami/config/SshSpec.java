package io.wizzie.wcs.ami.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The login to the builder. */
public record SshSpec(
    @Field(value = "Login user of the source image.", form = TextForm.USER) @Field.Default("ubuntu")
        String user,
    @Field("Port of the SSH server.") @Field.Default("22") @Field.Between({"1", "65535"}) int port,
    @Field("From the instance running to a usable login.")
        @Field.Default("5m")
        @Field.Between({"10s", "1h"})
        Duration timeout,
    @Field("Which address is connected to; `auto` is the public one where there is one.")
        @Field.Default("auto")
        Address address,
    @Field("Type of the temporary key pair.") @Field.Default("ed25519") KeyType keyType,
    @Field(
            value =
                "An existing key pair; `privateKeyFile` or `agent` has its private key. Without it a"
                    + " temporary key pair is made.",
            form = TextForm.KEY_NAME)
        @Nullable String keyName,
    @Field(value = "Private key of `keyName`.", form = TextForm.FILE) @Nullable Path privateKeyFile,
    @Field("Log in with the key of `keyName` that an SSH agent has.") @Field.Default("false")
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
