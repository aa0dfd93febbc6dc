package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ChefSpec.ChefPackage;
import io.wizzie.wcs.ami.pipeline.result.RedactedAttributes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the secrets of a build known to whoever shows its events, before anything can print one.
 */
record KnownSecrets(EventStream events) {
  /** Larger than any key file; a configuration that names a device must not be read for ever. */
  private static final int MAX_KEY_FILE_BYTES = 1 << 20;

  /** What is shorter, as a version is, is nothing that opens an address to its bearer. */
  private static final int MIN_SIGNATURE_LENGTH = 16;

  /** Those that the configuration names or holds. */
  void announce(BuildSpec spec) {
    announce(spec.provision().encryptedDataBagSecretFile());
    announce(spec.ssh().privateKeyFile());
    RedactedAttributes.secrets(spec.provision().attributes(), events::secret);
    RedactedAttributes.secrets(spec.bootstrap().attributes(), events::secret);
    announce(spec.chef().chefPackage());
  }

  /** The guest downloads it from an address that may hold a password or a signature. */
  private void announce(@Nullable ChefPackage chefPackage) {
    URI url = chefPackage == null ? null : chefPackage.url();
    if (url == null) {
      return;
    }
    String user = url.getUserInfo();
    if (user != null) {
      events.secret(user.substring(user.indexOf(':') + 1));
    }
    if (url.getRawQuery() != null) {
      Stream.of(url.getRawQuery().split("&"))
          .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
          .filter(value -> value.length() >= MIN_SIGNATURE_LENGTH)
          .forEach(events::secret);
    }
  }

  private void announce(@Nullable Path file) {
    if (file == null || !Files.isRegularFile(file)) {
      return;
    }
    try {
      if (Files.size(file) <= MAX_KEY_FILE_BYTES) {
        events.secret(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    } catch (IOException unreadable) {
      // Who needs the file says so; what nobody can read nobody can print.
      return;
    }
  }
}
