package io.wizzie.wcs.ami.ssh;

import org.jspecify.annotations.Nullable;

/** One attempt to log in failed; never leaves the package. */
final class AttemptFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ConnectFailure failure;

  AttemptFailedException(ConnectFailure failure, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.failure = failure;
  }

  ConnectFailure failure() {
    return failure;
  }

  /** What was seen, in one line; possibly empty. */
  String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
