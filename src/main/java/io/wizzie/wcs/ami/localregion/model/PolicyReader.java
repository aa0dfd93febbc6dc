package io.wizzie.wcs.ami.localregion.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads IAM's policy documents. What the local region can't judge by is refused, not passed over: a
 * policy that seems to allow more than it does would prove nothing.
 */
final class PolicyReader {
  private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT =
      Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

  private final String source;

  private PolicyReader(String source) {
    this.source = source;
  }

  /** Reads a document; messages name its source. */
  static Policy read(String source, String json) {
    return new PolicyReader(source).read(json);
  }

  private Policy read(String json) {
    JsonNode document;
    try {
      document = JsonMapper.builder().build().readTree(json);
    } catch (JsonProcessingException e) {
      throw failure("is not JSON: " + e.getOriginalMessage());
    }
    checkNames(document, DOCUMENT, "the document");
    JsonNode written = document.path("Statement");
    List<Policy.Statement> statements = new ArrayList<>();
    int number = 1;
    for (JsonNode statement : written.isArray() ? written : List.of(written)) {
      statements.add(statement(statement, "statement " + number++));
    }
    return new Policy(statements);
  }

  private Policy.Statement statement(JsonNode written, String where) {
    checkNames(written, STATEMENT, where);
    String effect = written.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw failure("has a " + where + " whose Effect is neither Allow nor Deny");
    }
    boolean except = written.has("NotAction");
    if (except == written.has("Action")) {
      throw failure("has a " + where + " with not exactly one of Action and NotAction");
    }
    List<String> actions = texts(written.path(except ? "NotAction" : "Action"), where);
    Policy.Statement statement =
        new Policy.Statement(
            effect.equals("Allow"), actions.stream().map(Glob::ofName).toList(), except);
    // Of other services' actions nobody asks here, so whatever limits them is no matter.
    boolean aboutEc2 =
        except || actions.stream().anyMatch(action -> Glob.ofName(service(action)).matches("ec2"));
    if (aboutEc2) {
      checkUnlimited(written, where);
    }
    return statement;
  }

  private static String service(String action) {
    int colon = action.indexOf(':');
    return colon < 0 ? action : action.substring(0, colon);
  }

  private void checkUnlimited(JsonNode written, String where) {
    boolean everything =
        written.has("Resource") && texts(written.path("Resource"), where).contains("*");
    if (written.has("Condition") || !everything) {
      throw failure(
          "has a "
              + where
              + " about EC2 that is limited to resources or by conditions, and the local region"
              + " judges by actions alone. Write \"Resource\": \"*\" and no Condition");
    }
  }

  private List<String> texts(JsonNode written, String where) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : written.isArray() ? written : List.of(written)) {
      if (!text.isTextual()) {
        throw failure("has a " + where + " with something other than text where IAM has names");
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  private void checkNames(JsonNode written, Set<String> known, String where) {
    if (!(written instanceof ObjectNode object)) {
      throw failure("is no IAM policy: " + where + " is no object");
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw failure("is no IAM policy: " + where + " has an element " + name);
              }
            });
  }

  private BuildException failure(String what) {
    return Category.CONFIGURATION.failure("The policy " + source + " " + what + ".");
  }
}
