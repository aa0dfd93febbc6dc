package io.wizzie.wcs.ami.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.jspecify.annotations.Nullable;

/** The form in which MINA takes an implementation of ed25519; it offers nothing else. */
final class JdkEd25519Registrar extends AbstractSecurityProviderRegistrar {
  private final EdDSASupport<?, ?> support;
  private final @Nullable Provider provider = jdkProvider();

  JdkEd25519Registrar(EdDSASupport<?, ?> support) {
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
