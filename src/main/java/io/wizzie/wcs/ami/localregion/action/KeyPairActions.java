package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.KeyPairRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;

/** CreateKeyPair and DeleteKeyPair. */
final class KeyPairActions {
  private KeyPairActions() {}

  static CreateKeyPairResponse create(Call call, CreateKeyPairRequest request) {
    RegionState state = call.state();
    String name = request.keyName();
    if (name.isEmpty() || name.length() > 255 || !name.chars().allMatch(c -> c >= 32 && c < 127)) {
      throw Refusal.invalidValue(
          "Invalid value '" + name + "' for keyName. It must be 1 to 255 ASCII characters");
    }
    if (byName(state, name).isPresent()) {
      throw Refusal.of("InvalidKeyPair.Duplicate", "The keypair '" + name + "' already exists.");
    }
    if ("ppk".equals(request.keyFormatAsString())) {
      throw Refusal.unsupported("The local region makes keys in the format pem only");
    }
    Tags.check(request.tagSpecifications(), Set.of("key-pair"));
    String type = request.keyTypeAsString() == null ? "rsa" : request.keyTypeAsString();
    KeyMaterial key =
        switch (type) {
          case "rsa" -> KeyMaterial.rsa();
          case "ed25519" -> KeyMaterial.ed25519();
          default -> throw Refusal.invalidValue(type, "keyType");
        };
    KeyPairRecord record =
        new KeyPairRecord(
            Ids.random("key"),
            name,
            type,
            key.fingerprint(),
            key.publicKey() + " " + name,
            call.now());
    state.keyPairs.put(record.id(), record);
    Tags.apply(call, record.id(), request.tagSpecifications());
    return CreateKeyPairResponse.builder()
        .keyName(name)
        .keyPairId(record.id())
        .keyFingerprint(record.fingerprint())
        .keyMaterial(key.pem())
        .tags(Tags.shapes(state, record.id()))
        .build();
  }

  /** A key pair that is not there is no error. */
  static DeleteKeyPairResponse delete(Call call, DeleteKeyPairRequest request) {
    RegionState state = call.state();
    if (request.keyName() == null && request.keyPairId() == null) {
      throw Refusal.missing("KeyName or KeyPairId");
    }
    Optional<KeyPairRecord> found =
        request.keyPairId() != null
            ? Optional.ofNullable(state.keyPairs.get(request.keyPairId()))
            : byName(state, request.keyName());
    found.ifPresent(
        key -> {
          state.keyPairs.remove(key.id());
          state.tags.remove(key.id());
        });
    return DeleteKeyPairResponse.builder()
        .returnValue(true)
        .keyPairId(found.map(KeyPairRecord::id).orElse(null))
        .build();
  }

  static Optional<KeyPairRecord> byName(RegionState state, String name) {
    return state.keyPairs.values().stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
