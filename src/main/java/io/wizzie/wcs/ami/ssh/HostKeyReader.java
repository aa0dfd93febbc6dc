package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads the host key of a server of which nothing is known, as a person does who logs in for the
 * first time: whoever answers at the address is believed once.
 */
@FunctionalInterface
public interface HostKeyReader {
  /**
   * Asks for the key, again and again until the server answers. Nothing else is sent to it.
   *
   * @param progress gets one line when the server does not answer yet
   * @throws BuildException category ACCESS when it does not within the timeout
   */
  PublicKey read(String host, int port, Duration timeout, Consumer<String> progress);
}
