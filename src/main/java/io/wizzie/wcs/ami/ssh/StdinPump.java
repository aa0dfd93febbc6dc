package io.wizzie.wcs.ami.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a command's standard input on a thread of its own, so that the command's output, timeout
 * and end are seen meanwhile. A full window of the server blocks it.
 */
final class StdinPump {
  private final RemoteCommand.StdinWriter writer;
  private final CommandChannel channel;
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private StdinPump(CommandChannel channel, RemoteCommand.StdinWriter writer) {
    this.channel = channel;
    this.writer = writer;
    this.thread = new Thread(this::pump, "wcs-ami-stdin");
    thread.setDaemon(true);
  }

  static StdinPump start(CommandChannel channel, RemoteCommand.StdinWriter writer) {
    StdinPump pump = new StdinPump(channel, writer);
    pump.thread.start();
    return pump;
  }

  /** Why the writer could not produce the input; null when it could, or when nobody read it. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Ends a writer that nobody reads any more. */
  void abandon() {
    thread.interrupt();
  }

  private void pump() {
    ChannelStdin stdin = new ChannelStdin(channel.getInvertedIn());
    try {
      writer.writeTo(stdin);
      stdin.close();
    } catch (IOException | RuntimeException | Error e) {
      // A command may end without having read all of its input: its exit status says what that
      // means. Only what the writer itself ran into is a failure.
      if (!stdin.ended && !channel.isClosing()) {
        failure = e;
        // Not an end of file: the command must not take half of its input for all of it.
        channel.stop();
      }
    }
  }

  /** The channel's input, which remembers that it was the channel that failed. */
  private static final class ChannelStdin extends FilterOutputStream {
    private boolean ended;

    ChannelStdin(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        ended = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        ended = true;
        throw e;
      }
    }
  }
}
