package io.wizzie.wcs.ami.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/** CreateKeyPair and DeleteKeyPair. */
class KeyPairsTest extends RegionTest {
  /** rsaEncryption, without parameters. */
  private static final String PKCS8_RSA = "300d06092a864886f70d0101010500";

  @Test
  void anEd25519KeyOpensWhatItsPublicHalfIsPutOn() throws GeneralSecurityException {
    CreateKeyPairResponse key = create("mine", "ed25519");

    SshFields file = new SshFields(pem(key, "OPENSSH PRIVATE KEY"));
    assertThat(file.bytes(15)).isEqualTo(ascii("openssh-key-v1\0"));
    assertThat(List.of(file.text(), file.text(), file.text())).containsExactly("none", "none", "");
    assertThat(file.number()).isEqualTo(1);
    byte[] blob = file.string();
    SshFields secret = new SshFields(file.string());
    assertThat(secret.number()).isEqualTo(secret.number());
    assertThat(secret.text()).isEqualTo("ssh-ed25519");
    byte[] point = secret.string();
    byte[] both = secret.string();
    assertThat(Arrays.copyOfRange(both, 32, 64)).isEqualTo(point);

    assertThat(publicKey("mine"))
        .isEqualTo("ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " mine");
    assertThat(signedBy(Arrays.copyOf(both, 32), point)).isTrue();
    assertThat(key.keyFingerprint())
        .isEqualTo(
            Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(blob)));
  }

  @Test
  void anRsaKeyIsPkcs1AndTheDefault() throws GeneralSecurityException {
    CreateKeyPairResponse key =
        ec2.createKeyPair(CreateKeyPairRequest.builder().keyName("mine").build());

    RSAPrivateCrtKey privateKey =
        (RSAPrivateCrtKey)
            KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(pem(key, "RSA PRIVATE KEY"))));
    assertThat(privateKey.getModulus().bitLength()).isEqualTo(2048);
    assertThat(key.keyFingerprint())
        .isEqualTo(
            HexFormat.ofDelimiter(":")
                .formatHex(MessageDigest.getInstance("SHA-1").digest(privateKey.getEncoded())));
    SshFields publicKey =
        new SshFields(Base64.getDecoder().decode(publicKey("mine").split(" ", -1)[1]));
    assertThat(publicKey.text()).isEqualTo("ssh-rsa");
    assertThat(new BigInteger(publicKey.string())).isEqualTo(privateKey.getPublicExponent());
    assertThat(new BigInteger(publicKey.string())).isEqualTo(privateKey.getModulus());
  }

  @Test
  void aKeyPairIsTaggedWhenItIsMade() {
    CreateKeyPairResponse key =
        ec2.createKeyPair(
            CreateKeyPairRequest.builder()
                .keyName("mine")
                .keyType("ed25519")
                .tagSpecifications(InstancesTest.tagged(ResourceType.KEY_PAIR, "build", "1"))
                .build());

    assertThat(key.keyPairId()).matches("key-0[0-9a-f]{16}");
    assertThat(key.tags()).containsExactly(Tag.builder().key("build").value("1").build());
    assertThat(ec2.describeTags().tags())
        .singleElement()
        .satisfies(
            tag -> {
              assertThat(tag.resourceId()).isEqualTo(key.keyPairId());
              assertThat(tag.resourceTypeAsString()).isEqualTo("key-pair");
            });
  }

  @Test
  void namesAreUnique() {
    create("mine", "ed25519");

    assertThat(refusal(() -> create("mine", "ed25519"))).isEqualTo("InvalidKeyPair.Duplicate");
    assertThat(refusal(() -> create("", "ed25519"))).isEqualTo("MissingParameter");
    assertThat(refusal(() -> create("\u00e9", "ed25519"))).isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> create("other", "dsa"))).isEqualTo("InvalidParameterValue");
  }

  @Test
  void aKeyPairIsDeletedByNameOrIdAndOneThatIsNotThereAsWell() {
    String first = create("first", "ed25519").keyPairId();
    String second = create("second", "ed25519").keyPairId();

    DeleteKeyPairResponse byName =
        ec2.deleteKeyPair(DeleteKeyPairRequest.builder().keyName("first").build());
    DeleteKeyPairResponse byId =
        ec2.deleteKeyPair(DeleteKeyPairRequest.builder().keyPairId(second).build());
    DeleteKeyPairResponse absent =
        ec2.deleteKeyPair(DeleteKeyPairRequest.builder().keyName("none").build());

    assertThat(byName.keyPairId()).isEqualTo(first);
    assertThat(byId.keyPairId()).isEqualTo(second);
    assertThat(absent.returnValue()).isTrue();
    assertThat(create("first", "ed25519").keyPairId()).isNotEqualTo(first);
    assertThat(refusal(() -> ec2.deleteKeyPair(DeleteKeyPairRequest.builder().build())))
        .isEqualTo("MissingParameter");
  }

  @Test
  void anInstanceKeepsAKeyThatIsDeletedMeanwhile() {
    create("mine", "ed25519");
    Instance instance = launched(oneInstance().keyName("mine"));
    ec2.deleteKeyPair(DeleteKeyPairRequest.builder().keyName("mine").build());

    assertThat(described(instance.instanceId()).keyName()).isEqualTo("mine");
  }

  private CreateKeyPairResponse create(String name, String type) {
    return ec2.createKeyPair(CreateKeyPairRequest.builder().keyName(name).keyType(type).build());
  }

  /** As a guest gets it. */
  private String publicKey(String name) {
    String id = launched(oneInstance().keyName(name)).instanceId();
    return String.valueOf(engine.request(id).publicKeys().get(name));
  }

  private static byte[] pem(CreateKeyPairResponse key, String type) {
    String text = key.keyMaterial();
    String begin = "-----BEGIN " + type + "-----\n";
    String end = "\n-----END " + type + "-----\n";
    assertThat(text).startsWith(begin).endsWith(end);
    return Base64.getMimeDecoder()
        .decode(text.substring(begin.length(), text.length() - end.length()));
  }

  /** Whether the public key verifies what the private one signs. */
  private static boolean signedBy(byte[] seed, byte[] point) throws GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(
        keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
    signature.update(ascii("text"));
    byte[] signed = signature.sign();
    byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] x509 = Arrays.copyOf(head, head.length + point.length);
    System.arraycopy(point, 0, x509, head.length, point.length);
    signature.initVerify(keys.generatePublic(new X509EncodedKeySpec(x509)));
    signature.update(ascii("text"));
    return signature.verify(signed);
  }

  /** PKCS#1 as Java reads it: in an envelope that says what it is and how long. */
  private static byte[] pkcs8(byte[] pkcs1) {
    byte[] version = HexFormat.of().parseHex("020100");
    byte[] identifier = HexFormat.of().parseHex(PKCS8_RSA);
    return der(0x30, version, identifier, der(0x04, pkcs1));
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer der = ByteBuffer.allocate(length + 4);
    der.put((byte) tag).put((byte) 0x82).putShort((short) length);
    Arrays.stream(parts).forEach(der::put);
    return der.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Fields of OpenSSH's files, where each text has its length before it. */
  private record SshFields(ByteBuffer buffer) {
    SshFields(byte[] content) {
      this(ByteBuffer.wrap(content));
    }

    byte[] bytes(int length) {
      byte[] bytes = new byte[length];
      buffer.get(bytes);
      return bytes;
    }

    int number() {
      return buffer.getInt();
    }

    byte[] string() {
      return bytes(number());
    }

    String text() {
      return new String(string(), StandardCharsets.US_ASCII);
    }
  }
}
