package io.wizzie.wcs.ami.localregion.action;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A new key pair in the formats that EC2 hands out.
 *
 * @param pem RSA as PKCS#1, ed25519 as OpenSSH writes it: PKCS#8 has no OpenSSH that reads it
 * @param publicKey algorithm and key of an {@code authorized_keys} line
 * @param fingerprint in EC2's form for that type
 */
record KeyMaterial(String pem, String publicKey, String fingerprint) {
  private static final String ED25519 = "ssh-ed25519";
  private static final int RSA_BITS = 2048;

  /** Before the PKCS#1 key in the PKCS#8 of a key of 2048 bits: its version, algorithm, lengths. */
  private static final int PKCS8_HEAD = 26;

  /** For the log that nobody should write: the private key is not in it. */
  @Override
  public String toString() {
    return fingerprint;
  }

  static KeyMaterial ed25519() {
    KeyPair key = generate("Ed25519", 0);
    byte[] seed =
        ((EdECPrivateKey) key.getPrivate())
            .getBytes()
            .orElseThrow(() -> new IllegalStateException("The JDK hides the key it has made"));
    // The key itself ends its X.509 form.
    byte[] x509 = key.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(x509, x509.length - 32, x509.length);
    byte[] blob = strings(utf8(ED25519), point);
    return new KeyMaterial(
        pem("OPENSSH PRIVATE KEY", openSsh(seed, point, blob)),
        ED25519 + " " + Base64.getEncoder().encodeToString(blob),
        Base64.getEncoder().encodeToString(digest("SHA-256", blob)));
  }

  static KeyMaterial rsa() {
    KeyPair key = generate("RSA", RSA_BITS);
    byte[] pkcs8 = key.getPrivate().getEncoded();
    RSAPublicKey publicKey = (RSAPublicKey) key.getPublic();
    byte[] exponent = publicKey.getPublicExponent().toByteArray();
    byte[] modulus = publicKey.getModulus().toByteArray();
    byte[] blob = strings(utf8("ssh-rsa"), exponent, modulus);
    return new KeyMaterial(
        pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length)),
        "ssh-rsa " + Base64.getEncoder().encodeToString(blob),
        // Of a key that EC2 made, it is the digest of the private key in PKCS#8.
        HexFormat.ofDelimiter(":").formatHex(digest("SHA-1", pkcs8)));
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }

  /** OpenSSH's own file, not encrypted: see PROTOCOL.key of its source. */
  private static byte[] openSsh(byte[] seed, byte[] point, byte[] publicBlob) {
    byte[] check = new byte[Integer.BYTES];
    new SecureRandom().nextBytes(check);
    byte[] key = strings(utf8(ED25519), point, joined(seed, point), utf8(""));
    // Up to whole blocks of eight bytes.
    byte[] padding = Arrays.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7}, Math.floorMod(-key.length, 8));
    return joined(
        utf8("openssh-key-v1\0"),
        strings(utf8("none"), utf8("none"), utf8("")),
        int32(1),
        strings(publicBlob, joined(check, check, key, padding)));
  }

  /** As SSH's protocol has them, each behind its length. */
  private static byte[] strings(byte[]... strings) {
    return joined(
        Arrays.stream(strings)
            .flatMap(string -> Stream.of(int32(string.length), string))
            .toArray(byte[][]::new));
  }

  private static byte[] int32(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }

  private static String pem(String type, byte[] content) {
    String text = Base64.getMimeEncoder(64, utf8("\n")).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
