package io.wizzie.wcs.ami.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One command's channel, whose output waits for the thread that runs the command.
 *
 * <p>MINA would hand output over on its I/O thread, where a slow listener holds up all commands of
 * the session and its heartbeat. Here it is queued, in the order in which it came over both
 * streams, and the server's window is opened again only for what was taken from the queue: so the
 * window bounds the queue.
 */
final class CommandChannel extends ChannelExec {
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  CommandChannel(String command) {
    super(command, StandardCharsets.UTF_8, null, Map.of());
    // Never written to; without them MINA would set up pipes.
    setOut(OutputStream.nullOutputStream());
    setErr(OutputStream.nullOutputStream());
    addCloseFutureListener(closed -> arrivals.add(Arrival.END));
  }

  /**
   * Waits for output or the channel's end.
   *
   * @return null when neither came in time
   */
  @Nullable Arrival await(long nanos) throws InterruptedException {
    return arrivals.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /** Lets the server send as much again as this arrival held. */
  void taken(Arrival arrival) throws IOException {
    if (!isClosing()) {
      getLocalWindow().release(arrival.bytes.length);
    }
  }

  /**
   * Ends the command: asks the server to send it SIGTERM, which OpenSSH 7.9 and later do, and
   * closes the channel. Never fails, as something else did already.
   */
  void stop() {
    try {
      Buffer request = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
      request.putUInt(getRecipient());
      request.putString("signal");
      request.putBoolean(false);
      request.putString("TERM");
      writePacket(request);
      close(false);
    } catch (IOException e) {
      // The connection is gone: there is nobody left to tell.
      close(true);
    }
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) {
    arrive(false, data, offset, length);
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) {
    arrive(true, data, offset, length);
  }

  private void arrive(boolean error, byte[] data, int offset, long length) {
    if (!isClosing()) {
      int end = Math.addExact(offset, Math.toIntExact(length));
      arrivals.add(new Arrival(error, Arrays.copyOfRange(data, offset, end)));
    }
  }

  /** A piece of output, or the channel's end. */
  static final class Arrival {
    static final Arrival END = new Arrival(false, new byte[0]);

    private final boolean error;
    private final byte[] bytes;

    private Arrival(boolean error, byte[] bytes) {
      this.error = error;
      this.bytes = bytes;
    }

    /** Whether it is of standard error. */
    boolean error() {
      return error;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
