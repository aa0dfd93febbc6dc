package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.Secret;
import java.security.PublicKey;

/**
 * How the builder will be reached.
 *
 * @param hostKey that the builder will present
 * @param hostKeyLine the same as OpenSSH writes it
 * @param userData base64-encoded, hands the host key over
 */
record BuilderAccess(LoginAccess login, PublicKey hostKey, String hostKeyLine, Secret userData) {}
