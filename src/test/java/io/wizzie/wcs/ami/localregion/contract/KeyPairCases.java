package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.filter;
import static io.wizzie.wcs.ami.localregion.contract.Situation.form;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tagged;
import static io.wizzie.wcs.ami.localregion.contract.Situation.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** CreateKeyPair and DeleteKeyPair. */
final class KeyPairCases {
  private KeyPairCases() {}

  static List<Case> all() {
    return Stream.concat(create().cases().stream(), delete().cases().stream()).toList();
  }

  private static CaseTable create() {
    return CaseTable.of("CreateKeyPair")
        .answers(
            "name and ID of the new pair",
            "[mine, key-17]",
            s -> {
              CreateKeyPairResponse key = s.ec2().createKeyPair(r -> r.keyName("mine"));
              return List.of(key.keyName(), form(key.keyPairId()));
            })
        .answers(
            "an RSA key is PKCS#1 in PEM, its fingerprint a SHA-1 of 20 bytes",
            "[-----BEGIN RSA PRIVATE KEY-----, 59]",
            s -> key(s.ec2().createKeyPair(r -> r.keyName("mine"))))
        .answers(
            "an ED25519 key is in OpenSSH's form, its fingerprint a SHA-256 in Base64",
            "[-----BEGIN OPENSSH PRIVATE KEY-----, 44]",
            s -> key(s.ec2().createKeyPair(r -> r.keyName("mine").keyType("ed25519"))))
        .answers(
            "tags of the creating call",
            "[Name=x]",
            s ->
                text(
                    s.ec2()
                        .createKeyPair(
                            r ->
                                r.keyName("mine")
                                    .tagSpecifications(tagged(ResourceType.KEY_PAIR, "Name", "x")))
                        .tags()))
        .refuses(
            "a second of the same name",
            "InvalidKeyPair.Duplicate",
            s -> {
              s.ec2().createKeyPair(r -> r.keyName("mine"));
              s.ec2().createKeyPair(r -> r.keyName("mine"));
            })
        .refuses(
            "tags for another kind of resource",
            "InvalidParameterValue",
            s ->
                s.ec2()
                    .createKeyPair(
                        r ->
                            r.keyName("mine")
                                .tagSpecifications(tagged(ResourceType.IMAGE, "Name", "x"))))
        .refuses("no name", "MissingParameter", s -> s.ec2().createKeyPair(r -> {}))
        .refuses(
            "an unknown type of key",
            "InvalidParameterValue",
            s -> s.ec2().createKeyPair(r -> r.keyName("mine").keyType("dsa")));
  }

  /** First line of the private key and length of the fingerprint. */
  private static List<Object> key(CreateKeyPairResponse key) {
    return List.of(
        key.keyMaterial().lines().findFirst().orElse("").toUpperCase(Locale.ROOT),
        key.keyFingerprint().length());
  }

  private static CaseTable delete() {
    return CaseTable.of("DeleteKeyPair")
        .answers(
            "by name, and says which it was",
            "[true, key-17]",
            s -> {
              s.ec2().createKeyPair(r -> r.keyName("mine"));
              var answer = s.ec2().deleteKeyPair(r -> r.keyName("mine"));
              return List.of(answer.returnValue(), form(answer.keyPairId()));
            })
        .answers(
            "by ID",
            "no more tags",
            s -> {
              String id =
                  s.ec2()
                      .createKeyPair(
                          r ->
                              r.keyName("mine")
                                  .tagSpecifications(tagged(ResourceType.KEY_PAIR, "Name", "x")))
                      .keyPairId();
              s.ec2().deleteKeyPair(r -> r.keyPairId(id));
              int tags =
                  s.ec2().describeTags(r -> r.filters(filter("resource-id", id))).tags().size();
              return tags == 0 ? "no more tags" : tags + " tags";
            })
        .answers(
            "one that is not there is no error",
            "true",
            s -> s.ec2().deleteKeyPair(r -> r.keyName("nobody")).returnValue())
        .answers(
            "its name is free again",
            "mine",
            s -> {
              s.ec2().createKeyPair(r -> r.keyName("mine"));
              s.ec2().deleteKeyPair(r -> r.keyName("mine"));
              return s.ec2().createKeyPair(r -> r.keyName("mine")).keyName();
            })
        .refuses("neither name nor ID", "MissingParameter", s -> s.ec2().deleteKeyPair(r -> {}));
  }
}
