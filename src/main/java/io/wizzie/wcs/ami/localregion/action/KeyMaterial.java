package io.wizzie.wcs.ami.localregion.action;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    byte[] blob = sshWire(out -> writeStrings(out, utf8(ED25519), point));
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
    byte[] blob = sshWire(out -> writeStrings(out, utf8("ssh-rsa"), exponent, modulus));
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
    int check = new SecureRandom().nextInt();
    byte[] both = Arrays.copyOf(seed, seed.length + point.length);
    System.arraycopy(point, 0, both, seed.length, point.length);
    byte[] secret =
        sshWire(
            out -> {
              out.writeInt(check);
              out.writeInt(check);
              writeStrings(out, utf8(ED25519), point, both, utf8(""));
              for (int padding = 1; out.size() % 8 != 0; padding++) {
                out.writeByte(padding);
              }
            });
    return sshWire(
        out -> {
          out.write(utf8("openssh-key-v1\0"));
          writeStrings(out, utf8("none"), utf8("none"), utf8(""));
          out.writeInt(1);
          writeStrings(out, publicBlob, secret);
        });
  }

  /** Writes into memory. */
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] sshWire(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeStrings(DataOutputStream out, byte[]... strings) throws IOException {
    for (byte[] string : strings) {
      out.writeInt(string.length);
      out.write(string);
    }
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
