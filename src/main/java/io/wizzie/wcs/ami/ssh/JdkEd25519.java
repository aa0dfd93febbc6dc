package io.wizzie.wcs.ami.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PrivateKeyEntryDecoder;
import org.apache.sshd.common.config.keys.PublicKeyEntryDecoder;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSAUtils;
import org.apache.sshd.common.util.security.eddsa.generic.GenericEd25519PublicKeyDecoder;
import org.apache.sshd.common.util.security.eddsa.generic.GenericOpenSSHEd25519PrivateKeyEntryDecoder;
import org.apache.sshd.common.util.security.eddsa.generic.GenericSignatureEd25519;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own ed25519 (JEP 339) for MINA SSHD, which by itself knows only that of Bouncy Castle
 * and of net.i2p.crypto.
 *
 * <p>The former is 11 MB and, unsigned inside a shaded jar, refused as a cipher provider by some
 * JDKs; the latter is unmaintained and carries CVE-2020-36843.
 */
final class JdkEd25519 implements EdDSASupport<EdECPublicKey, EdECPrivateKey> {
  private static final String ALGORITHM = "Ed25519";

  static {
    SecurityUtils.registerSecurityProvider(new Registrar(new JdkEd25519()));
  }

  private JdkEd25519() {}

  /**
   * Makes ed25519 known to MINA. Has to come before anything else of MINA is touched: its tables of
   * key types are filled once, when their classes load.
   */
  static void register() {
    if (!SecurityUtils.isEDDSACurveSupported()) {
      throw new IllegalStateException("This Java runtime has no ed25519 (module jdk.crypto.ec)");
    }
  }

  @Override
  public PublicKeyEntryDecoder<EdECPublicKey, EdECPrivateKey> getEDDSAPublicKeyEntryDecoder() {
    return new GenericEd25519PublicKeyDecoder<>(EdECPublicKey.class, EdECPrivateKey.class, this);
  }

  @Override
  public PrivateKeyEntryDecoder<EdECPublicKey, EdECPrivateKey>
      getOpenSSHEDDSAPrivateKeyEntryDecoder() {
    return new GenericOpenSSHEd25519PrivateKeyEntryDecoder<>(
        EdECPublicKey.class, EdECPrivateKey.class, this);
  }

  @Override
  public Signature getEDDSASigner() {
    return new GenericSignatureEd25519(ALGORITHM);
  }

  @Override
  public int getEDDSAKeySize(Key key) {
    return key instanceof EdECPublicKey || key instanceof EdECPrivateKey ? KEY_SIZE : -1;
  }

  @Override
  public Class<EdECPublicKey> getEDDSAPublicKeyType() {
    return EdECPublicKey.class;
  }

  @Override
  public Class<EdECPrivateKey> getEDDSAPrivateKeyType() {
    return EdECPrivateKey.class;
  }

  @Override
  public boolean compareEDDSAPPublicKeys(@Nullable PublicKey one, @Nullable PublicKey other) {
    return one instanceof EdECPublicKey && one.equals(other);
  }

  @Override
  public boolean compareEDDSAPrivateKeys(@Nullable PrivateKey one, @Nullable PrivateKey other) {
    return one instanceof EdECPrivateKey && one.equals(other);
  }

  /**
   * The JDK has no call for this, but its generator takes the private key's 32 bytes from the
   * random source that it is given, and computes the public key from them (RFC 8032, 5.1.5).
   */
  @Override
  public EdECPublicKey recoverEDDSAPublicKey(PrivateKey key) throws GeneralSecurityException {
    byte[] seed = EdDSAUtils.getBytes(key);
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new FixedSource(seed));
    var pair = generator.generateKeyPair();
    if (!MessageDigest.isEqual(EdDSAUtils.getBytes(pair.getPrivate()), seed)) {
      throw new InvalidKeyException("This Java runtime can't derive an ed25519 public key");
    }
    return (EdECPublicKey) pair.getPublic();
  }

  @Override
  public EdECPublicKey generateEDDSAPublicKey(byte[] raw) throws GeneralSecurityException {
    KeySpec spec = EdDSAUtils.createPublicKeySpec(raw);
    return (EdECPublicKey) KeyFactory.getInstance(ALGORITHM).generatePublic(spec);
  }

  @Override
  public EdECPrivateKey generateEDDSAPrivateKey(byte[] raw) throws GeneralSecurityException {
    KeySpec spec = EdDSAUtils.createPrivateKeySpec(raw);
    return (EdECPrivateKey) KeyFactory.getInstance(ALGORITHM).generatePrivate(spec);
  }

  @Override
  public <B extends Buffer> B putRawEDDSAPublicKey(B buffer, PublicKey key) {
    buffer.putBytes(rawPublicKey(key));
    return buffer;
  }

  @Override
  public <B extends Buffer> B putEDDSAKeyPair(B buffer, PublicKey publicKey, PrivateKey key) {
    // Only for adding a key to an agent, which this program never does.
    throw new UnsupportedOperationException("adding keys to an SSH agent");
  }

  @Override
  public KeySpec createPublicKeySpec(EdECPublicKey key) {
    return new X509EncodedKeySpec(key.getEncoded());
  }

  @Override
  public KeySpec createPrivateKeySpec(EdECPrivateKey key) {
    return new PKCS8EncodedKeySpec(key.getEncoded());
  }

  @Override
  public byte[] getPublicKeyData(EdECPublicKey key) {
    return rawPublicKey(key);
  }

  @Override
  public byte[] getPrivateKeyData(EdECPrivateKey key) throws IOException {
    try {
      return EdDSAUtils.getBytes(key);
    } catch (InvalidKeyException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String getKeyFactoryAlgorithm() {
    return ALGORITHM;
  }

  private static byte[] rawPublicKey(PublicKey key) {
    try {
      return EdDSAUtils.getBytes(key);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** A "random" source that yields the given bytes. */
  private static final class FixedSource extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] source;

    FixedSource(byte[] source) {
      this.source = source.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(source, 0, bytes, 0, bytes.length);
    }
  }

  /** The form in which MINA takes an implementation of ed25519; it offers nothing else. */
  private static final class Registrar extends AbstractSecurityProviderRegistrar {
    private final EdDSASupport<?, ?> support;
    private final @Nullable Provider provider = jdkProvider();

    Registrar(EdDSASupport<?, ?> support) {
      super("JdkEd25519");
      this.support = support;
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
      return Optional.of(support);
    }

    @Override
    public boolean isSupported() {
      return provider != null;
    }

    @Override
    public @Nullable Provider getSecurityProvider() {
      return provider;
    }

    @Override
    public String getProviderName() {
      return provider == null ? getName() : provider.getName();
    }

    @Override
    public boolean isNamedProviderUsed() {
      return false;
    }

    /** Ciphers, MACs and the rest stay with the JDK's usual order of providers. */
    @Override
    public String getDefaultSecurityEntitySupportValue(Class<?> entityType) {
      return "";
    }

    private static @Nullable Provider jdkProvider() {
      try {
        return KeyFactory.getInstance("Ed25519").getProvider();
      } catch (GeneralSecurityException e) {
        return null; // isSupported() says so, and register() fails with what to do.
      }
    }
  }
}
