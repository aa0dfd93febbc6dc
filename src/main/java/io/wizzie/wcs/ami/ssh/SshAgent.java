package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.DurationText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A connection to the user's SSH agent, over the JDK's own Unix sockets (MINA's needs a native
 * library). The messages are of draft-ietf-sshm-ssh-agent: a length, a type, content.
 */
final class SshAgent extends AbstractAgentProxy {
  /** OpenSSH's own bound for a message. */
  private static final int MAX_MESSAGE = 256 * 1024;

  /** For a signature to which a person may have to consent; OpenSSH gives a login as long. */
  private static final Duration SIGNING = Duration.ofMinutes(2);

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Duration patience;

  private SshAgent(SocketChannel channel, Duration patience) throws IOException {
    super(null);
    this.channel = channel;
    this.selector = Selector.open();
    this.patience = patience;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects to the agent that listens on this socket.
   *
   * @param patience how long an answer may take
   */
  static SshAgent connect(String socket, Duration patience) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(Path.of(socket)));
      return new SshAgent(channel, patience);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What lets a client use the agent's keys; it never forwards the agent to the server. */
  static SshAgentFactory factory(String socket) {
    return new SshAgentFactory() {
      @Override
      public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
        return List.of();
      }

      @Override
      public org.apache.sshd.agent.SshAgent createClient(Session session, FactoryManager manager)
          throws IOException {
        return connect(socket, SIGNING);
      }

      @Override
      public SshAgentServer createServer(ConnectionService service) {
        throw new UnsupportedOperationException("forwarding the SSH agent");
      }
    };
  }

  @Override
  protected synchronized Buffer request(Buffer request) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    ByteBuffer out = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
    while (out.hasRemaining()) {
      await(SelectionKey.OP_WRITE, deadline);
      channel.write(out);
    }
    int length = read(Integer.BYTES, deadline).getInt();
    if (length < 1 || length > MAX_MESSAGE) {
      throw new IOException("The SSH agent answered with a message of " + length + " bytes");
    }
    return new ByteArrayBuffer(read(length, deadline).array());
  }

  private ByteBuffer read(int length, long deadline) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      await(SelectionKey.OP_READ, deadline);
      if (channel.read(in) < 0) {
        throw new IOException("The SSH agent closed the connection");
      }
    }
    return in.flip();
  }

  private void await(int operation, long deadline) throws IOException {
    key.interestOps(operation);
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    int ready = left > 0 ? selector.select(left) : 0;
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("Interrupted while the SSH agent was asked");
    }
    if (ready == 0) {
      throw new IOException("it did not answer within " + DurationText.of(patience));
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
