package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;

/**
 * A key pair, of which only the public half is kept.
 *
 * @param type in EC2's words: {@code rsa} or {@code ed25519}
 * @param publicKey a line of {@code authorized_keys}
 */
public record KeyPairRecord(
    String id, String name, String type, String fingerprint, String publicKey, Instant created) {}
