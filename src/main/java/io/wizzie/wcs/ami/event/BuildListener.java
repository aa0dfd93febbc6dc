package io.wizzie.wcs.ami.event;

import java.util.function.Consumer;

/**
 * Shows or records what happens in a build. Events come in order but from any thread, so a listener
 * guards its own state; a failing one throws, and {@link FanOut} keeps that from the build.
 */
public interface BuildListener extends Consumer<BuildEvent>, AutoCloseable {
  /** Ends the display or closes the file; closing twice does nothing. */
  @Override
  void close();
}
