package io.wizzie.wcs.ami.ssh;

import java.security.PublicKey;

/**
 * Where to log in, and the host key that the server must present.
 *
 * @param host address or name
 */
public record SshTarget(String host, int port, String user, PublicKey hostKey) {}
