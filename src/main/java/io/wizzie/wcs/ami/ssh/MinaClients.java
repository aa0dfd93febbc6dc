package io.wizzie.wcs.ami.ssh;

import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * MINA clients set up for one server: nothing is taken from the user's own SSH configuration, keys
 * or known hosts, and nothing weaker than OpenSSH's own defaults is spoken.
 */
final class MinaClients {
  /** Loss of the network is noticed after at most interval x (unanswered + 1), usually 75 s. */
  private static final int UNANSWERED_HEARTBEATS = 4;

  /** What a server may have in flight towards us on one channel; also bounds what waits here. */
  private static final long WINDOW = 2L * 1024 * 1024;

  static {
    JdkEd25519.register();
  }

  private MinaClients() {}

  /**
   * A started client for one attempt.
   *
   * @param evidence checks the server's host key, and sees what happens
   * @param heartbeat interval of the signs of life
   * @param agent whose keys are offered; without it none is until the session gets one
   */
  static SshClient start(
      @Nullable PublicKey hostKey,
      SessionEvidence evidence,
      Duration heartbeat,
      @Nullable SshAgentFactory agent) {
    SshClient client =
        ClientBuilder.builder()
            .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
            .filePasswordProvider(FilePasswordProvider.EMPTY)
            .serverKeyVerifier(evidence)
            .signatureFactories(signatures(hostKeyAlgorithms(hostKey)))
            .keyExchangeFactories(
                NamedFactory.setUpTransformedFactories(
                    true,
                    List.of(
                        BuiltinDHFactories.curve25519,
                        BuiltinDHFactories.curve25519_libssh,
                        BuiltinDHFactories.ecdhp256,
                        BuiltinDHFactories.ecdhp384,
                        BuiltinDHFactories.ecdhp521,
                        BuiltinDHFactories.dhg16_512,
                        BuiltinDHFactories.dhg18_512,
                        BuiltinDHFactories.dhg14_256),
                    ClientBuilder.DH2KEX))
            // AES-GCM first: the processor does it, while MINA's ChaCha20 is plain Java.
            .cipherFactories(
                List.of(
                    BuiltinCiphers.aes128gcm,
                    BuiltinCiphers.aes256gcm,
                    BuiltinCiphers.aes128ctr,
                    BuiltinCiphers.aes256ctr,
                    BuiltinCiphers.cc20p1305_openssh))
            .macFactories(
                List.of(
                    BuiltinMacs.hmacsha256etm,
                    BuiltinMacs.hmacsha512etm,
                    BuiltinMacs.hmacsha256,
                    BuiltinMacs.hmacsha512))
            // What is sent in bulk is compressed already.
            .compressionFactories(List.of(BuiltinCompressions.none))
            // Nothing that a server may open towards us: no forwarding, no agent, no X11.
            .channelFactories(List.of())
            .globalRequestHandlers(List.of())
            .build();
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory(userSignatures())));
    client.setAgentFactory(agent);
    client.setUserInteraction(evidence);
    client.addSessionListener(evidence);
    client.setNioWorkers(2);
    setProperties(client, heartbeat);
    client.start();
    return client;
  }

  private static void setProperties(SshClient client, Duration heartbeat) {
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, heartbeat);
    CoreModuleProperties.HEARTBEAT_REQUEST.set(client, "keepalive@openssh.com");
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, UNANSWERED_HEARTBEATS);
    CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
    CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW);
    CoreModuleProperties.NIO2_READ_BUFFER_SIZE.set(client, 64 * 1024);
    // A command may leave its input unread for as long as it runs; its own timeout ends it.
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(7));
    CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(client, Duration.ofSeconds(2));
    CoreModuleProperties.DISCONNECT_TIMEOUT.set(client, Duration.ofSeconds(1));
    CoreModuleProperties.STOP_WAIT_TIME.set(client, Duration.ofSeconds(2));
  }

  /**
   * The signature algorithms with which a server can prove that it has this host key; without one,
   * those of any key, best first.
   */
  static List<String> hostKeyAlgorithms(@Nullable PublicKey hostKey) {
    if (hostKey == null) {
      return List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256");
    }
    String type = KeyUtils.getKeyType(hostKey);
    return switch (type) {
      case "ssh-rsa" -> List.of("rsa-sha2-512", "rsa-sha2-256");
      default -> List.of(type);
    };
  }

  /** What a user's key may sign with; never ssh-rsa, which is SHA-1. */
  private static List<NamedFactory<Signature>> userSignatures() {
    return signatures(
        Stream.of(
                BuiltinSignatures.ed25519,
                BuiltinSignatures.nistp256,
                BuiltinSignatures.nistp384,
                BuiltinSignatures.nistp521,
                BuiltinSignatures.rsaSHA512,
                BuiltinSignatures.rsaSHA256)
            .map(NamedResource::getName)
            .toList());
  }

  private static List<NamedFactory<Signature>> signatures(List<String> names) {
    return Arrays.stream(BuiltinSignatures.values())
        .filter(signature -> names.contains(signature.getName()))
        .sorted(
            (one, other) ->
                Integer.compare(names.indexOf(one.getName()), names.indexOf(other.getName())))
        .<NamedFactory<Signature>>map(signature -> signature)
        .toList();
  }
}
