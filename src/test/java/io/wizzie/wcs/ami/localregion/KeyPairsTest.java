package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.ssh.SshKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
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

  @Test
  void anEd25519KeyOpensWhatItsPublicHalfIsPutOn() throws GeneralSecurityException {
    CreateKeyPairResponse key = create("mine", "ed25519");

    assertThat(key.keyMaterial()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
    String publicKey = SshKeys.publicKeyLine(pair(key).getPublic());
    assertThat(publicKey("mine")).isEqualTo(publicKey + " mine");
    byte[] blob = Base64.getDecoder().decode(publicKey.split(" ", -1)[1]);
    assertThat(key.keyFingerprint())
        .isEqualTo(
            Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(blob)));
  }

  @Test
  void anRsaKeyIsPkcs1AndTheDefault() throws GeneralSecurityException {
    CreateKeyPairResponse key =
        ec2.createKeyPair(CreateKeyPairRequest.builder().keyName("mine").build());

    assertThat(key.keyMaterial()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    KeyPair pair = pair(key);
    assertThat(((RSAPublicKey) pair.getPublic()).getModulus().bitLength()).isEqualTo(2048);
    assertThat(key.keyFingerprint())
        .isEqualTo(
            HexFormat.ofDelimiter(":")
                .formatHex(
                    MessageDigest.getInstance("SHA-1").digest(pair.getPrivate().getEncoded())));
    byte[] blob = Base64.getDecoder().decode(publicKey("mine").split(" ", -1)[1]);
    assertThat(new BigInteger(1, lastField(blob)))
        .isEqualTo(((RSAPublicKey) pair.getPublic()).getModulus());
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

  private static KeyPair pair(CreateKeyPairResponse key) {
    return SshKeys.parsePrivateKey(Secret.ofUtf8(key.keyMaterial()));
  }

  /** Of a public key in OpenSSH's form, where each field has its length before it. */
  private static byte[] lastField(byte[] blob) {
    int at = 0;
    byte[] field = {};
    while (at < blob.length) {
      int length = new BigInteger(1, Arrays.copyOfRange(blob, at, at + 4)).intValueExact();
      field = Arrays.copyOfRange(blob, at + 4, at + 4 + length);
      at += 4 + length;
    }
    return field;
  }
}
