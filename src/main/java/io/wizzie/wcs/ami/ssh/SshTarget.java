package io.wizzie.wcs.ami.ssh;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Where to log in, and the host key that the server must present.
 *
 * @param host address or name
 * @param hostKey null to take whatever the server presents, as at a first contact that nobody has
 *     prepared; {@link RemoteShell#hostKey} says afterwards what it was
 */
public record SshTarget(String host, int port, String user, @Nullable PublicKey hostKey) {}
