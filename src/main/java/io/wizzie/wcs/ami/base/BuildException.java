package io.wizzie.wcs.ami.base;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user is told of: what failed, which resource, and what to do next.
 *
 * <p>The message is complete by itself; a stack trace is shown only on request.
 */
public class BuildException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Category category;

  /** Which kind of failure it is; decides the exit code. */
  public enum Category {
    /** Wrong options or configuration; nothing was created. */
    CONFIGURATION,
    /** AWS does not accept the credentials, or no longer. */
    CREDENTIALS,
    /** An EC2 call failed or EC2 ended in a state from which the build can't go on. */
    EC2,
    /** The guest could not be reached or refused the login. */
    ACCESS,
    /** Something inside the guest failed: Chef, cloud-init, a script. */
    GUEST,
    /** A check of the image failed. */
    CHECK,
    /** This machine lacks something: a program, disk space, a permission. */
    HOST,
    /** The user interrupted the build. */
    INTERRUPTED;

    public BuildException failure(String message) {
      return failure(message, null);
    }

    public BuildException failure(String message, @Nullable Throwable cause) {
      return new BuildException(this, message, cause);
    }
  }

  public BuildException(Category category, String message) {
    this(category, message, null);
  }

  public BuildException(Category category, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  public Category category() {
    return category;
  }

  /** Throws it when it stands for an interrupt, which nothing may swallow. */
  public void rethrowInterrupt() {
    if (category == Category.INTERRUPTED) {
      throw this;
    }
  }

  /** The failure that stands for an interrupt; restores the thread's interrupt flag. */
  public static BuildException interrupted(String doing, @Nullable InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new BuildException(Category.INTERRUPTED, "Interrupted while " + doing + ".", cause);
  }
}
