package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import org.jspecify.annotations.Nullable;

/** The connection ended before the command's exit status came; a reboot looks like this too. */
public final class ConnectionLostException extends BuildException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(Category.ACCESS, message, cause);
  }
}
