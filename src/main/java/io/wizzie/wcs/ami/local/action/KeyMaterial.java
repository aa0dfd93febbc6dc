package io.wizzie.wcs.ami.local.action;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A new key pair in the formats that EC2 hands out.
 *
 * @param pem RSA as PKCS#1, ed25519 as OpenSSH writes it: PKCS#8 has no OpenSSH that reads it
 * @param publicKey algorithm and key of an {@code authorized_keys} line
 * @param fingerprint in EC2's form for that type
 */
record KeyMaterial(String pem, String publicKey, String fingerprint) {
  private static final int RSA_BITS = 2048;

  /** For the log that nobody should write: the private key is not in it. */
  @Override
  public String toString() {
    return fingerprint;
  }

  static KeyMaterial ed25519() {
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
    try {
      byte[] blob = OpenSSHPublicKeyUtil.encodePublicKey(key.generatePublicKey());
      String fingerprint = Base64.getEncoder().encodeToString(digest("SHA-256", blob));
      return new KeyMaterial(
          pem("OPENSSH PRIVATE KEY", OpenSSHPrivateKeyUtil.encodePrivateKey(key)),
          "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob),
          fingerprint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KeyMaterial rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      KeyPair key = generator.generateKeyPair();
      byte[] pkcs8 = key.getPrivate().getEncoded();
      byte[] pkcs1 =
          PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey().toASN1Primitive().getEncoded();
      AsymmetricKeyParameter publicKey = PublicKeyFactory.createKey(key.getPublic().getEncoded());
      byte[] blob = OpenSSHPublicKeyUtil.encodePublicKey(publicKey);
      // Of a key that EC2 made, it is the digest of the private key in PKCS#8.
      String fingerprint = HexFormat.ofDelimiter(":").formatHex(digest("SHA-1", pkcs8));
      return new KeyMaterial(
          pem("RSA PRIVATE KEY", pkcs1),
          "ssh-rsa " + Base64.getEncoder().encodeToString(blob),
          fingerprint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has RSA", e);
    }
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }

  private static String pem(String type, byte[] content) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    }
    return text.toString();
  }
}
