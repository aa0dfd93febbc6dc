package io.wizzie.wcs.ami.localregion.model;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which actions the callers of a local region may call: an identity-based IAM policy, judged by its
 * actions alone. As in IAM, what no statement allows is denied, and a Deny wins over any Allow.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">
 *     IAM's policy elements</a>
 */
public final class Policy {
  private static final Policy ANY = new Policy(List.of(Statement.allowing("*")));

  private final List<Statement> statements;

  public Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /** What is decided about an action. */
  public enum Decision {
    ALLOWED,
    /** No statement speaks of it. */
    NOT_ALLOWED,
    DENIED
  }

  /** The project's own: the 32 actions that a build, and what comes after it, may need. */
  public static Policy ofTheProject() {
    try (InputStream json = Policy.class.getResourceAsStream("policy.json")) {
      if (json == null) {
        throw new IllegalStateException("The program lacks its policy.json");
      }
      String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
      return PolicyReader.read("policy.json", text);
    } catch (IOException e) {
      throw new IllegalStateException("The program's policy.json can't be read", e);
    }
  }

  /** Everything is allowed. */
  public static Policy none() {
    return ANY;
  }

  /** Reads an IAM policy, which must be one and limit EC2's actions by nothing but their names. */
  public static Policy read(Path file) {
    try {
      return PolicyReader.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw Category.CONFIGURATION.failure("The policy " + file + " can't be read: " + e, e);
    }
  }

  /** Decides about an action of EC2, named without the service. */
  public Decision on(String action) {
    List<Statement> about =
        statements.stream().filter(statement -> statement.covers("ec2:" + action)).toList();
    if (about.stream().anyMatch(statement -> !statement.allows())) {
      return Decision.DENIED;
    }
    return about.isEmpty() ? Decision.NOT_ALLOWED : Decision.ALLOWED;
  }

  /**
   * A statement, an Allow or a Deny, about the actions ({@code ec2:Describe*}) or all except these.
   */
  public record Statement(boolean allows, List<Glob> actions, boolean except) {
    public Statement {
      actions = List.copyOf(actions);
    }

    public static Statement allowing(String action) {
      return new Statement(true, List.of(Glob.ofName(action)), false);
    }

    boolean covers(String action) {
      return actions.stream().anyMatch(pattern -> pattern.matches(action)) != except;
    }
  }
}
