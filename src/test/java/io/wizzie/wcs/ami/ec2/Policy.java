package io.wizzie.wcs.ami.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The EC2 actions that the documented policy allows, from the program's own copy of it. */
public final class Policy {
  public static final Set<String> ACTIONS = read();

  private Policy() {}

  private static Set<String> read() {
    Set<String> actions = new TreeSet<>();
    try (InputStream json =
        io.wizzie.wcs.ami.localregion.model.Policy.class.getResourceAsStream("policy.json")) {
      for (JsonNode action : new JsonMapper().readTree(json).findValue("Action")) {
        // IAM takes the policy's spelling too: it does not look at the case.
        actions.add(
            action.textValue().replace("ec2:", "").replace("CreateKeypair", "CreateKeyPair"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableSet(actions);
  }
}
