package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.config.SshSpec.KeyType;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.KeyFormat;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Temporary key pairs. */
public record KeyPairs(Ec2Client client, Waiter waiter) {
  private static final String DUPLICATE = "InvalidKeyPair.Duplicate";
  private static final int NAMES_TRIED = 3;

  /**
   * A key pair that EC2 made.
   *
   * @param privateKey in PEM form; EC2 gives it out only once
   */
  public record NewKeyPair(String name, Secret privateKey) {}

  /**
   * What the caller does around each creating call: it records the intent before it, by the unique
   * name that finds the pair again if no answer comes, and the result after it.
   */
  @FunctionalInterface
  public interface Recorded {
    NewKeyPair creating(String name, Supplier<NewKeyPair> call);
  }

  /**
   * Creates a key pair.
   *
   * <p>When the answer is lost, so is the private key, whether or not there is a pair now. So that
   * one is deleted and another one is made under another name: under the same one the instance
   * might still be given the old key.
   *
   * @param name unique to the build, so that a duplicate can only be the build's own
   */
  public NewKeyPair create(String name, KeyType type, Map<String, String> tags, Recorded recorded) {
    for (int number = 1; ; number++) {
      String tried = number == 1 ? name : name + "-" + number;
      try {
        return recorded.creating(tried, () -> create(tried, type, tags));
      } catch (Ec2CallException failed) {
        boolean lost =
            failed.code().equals(DUPLICATE) || (failed.isTransient() && failed.isOutcomeUnknown());
        if (!lost || number == NAMES_TRIED) {
          throw failed;
        }
        waiter.say(
            "The private key of " + tried + " was lost with its answer: making another pair");
        delete(tried);
      }
    }
  }

  /** Deletes a key pair; one that is not there is no error, in EC2 neither. */
  public void delete(String name) {
    delete(name, request -> request.keyName(name));
  }

  /** Deletes a key pair by its ID; one that is not there is no error. */
  public void deleteById(String keyPairId) {
    delete(keyPairId, request -> request.keyPairId(keyPairId));
  }

  private void delete(String which, Consumer<DeleteKeyPairRequest.Builder> request) {
    Ec2Calls.call(
        "DeleteKeyPair", "Deleting key pair " + which, () -> client.deleteKeyPair(request));
  }

  /**
   * The name of a pair whose creating call was not answered, after waiting until EC2 would have
   * made it: deleted before that, it would come into being afterwards.
   */
  public List<String> findLost(String name, String buildId) {
    List<String> unused =
        waiter.awaitPossiblyCreated(
            "a key pair " + name,
            () ->
                Ec2Calls.call(
                        "DescribeTags",
                        "Finding key pair " + name,
                        () ->
                            client.describeTags(
                                request ->
                                    request.filters(
                                        Filters.of("resource-type", "key-pair"),
                                        Filters.of("key", ProjectTags.BUILD_ID),
                                        Filters.of("value", buildId))))
                    .tags()
                    .stream()
                    .map(TagDescription::resourceId)
                    .toList());
    // By name, whether it was seen or not: to delete one that is not there is no error.
    return List.of(name);
  }

  private NewKeyPair create(String name, KeyType type, Map<String, String> tags) {
    CreateKeyPairResponse made =
        Ec2Calls.call(
            "CreateKeyPair",
            "Creating key pair " + name,
            () ->
                client.createKeyPair(
                    request ->
                        request
                            .keyName(name)
                            .keyType(type.name().toLowerCase(Locale.ROOT))
                            .keyFormat(KeyFormat.PEM)
                            .tagSpecifications(
                                ProjectTags.specification(ResourceType.KEY_PAIR, tags))));
    return new NewKeyPair(name, Secret.ofUtf8(made.keyMaterial()));
  }
}
