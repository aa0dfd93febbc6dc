package io.wizzie.wcs.ami.ssh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
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

  private final SocketChannel channel;

  private SshAgent(SocketChannel channel) {
    super(null);
    this.channel = channel;
  }

  /** Connects to the agent that listens on this socket. */
  static SshAgent connect(String socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(Path.of(socket)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new SshAgent(channel);
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
        return connect(socket);
      }

      @Override
      public SshAgentServer createServer(ConnectionService service) {
        throw new UnsupportedOperationException("forwarding the SSH agent");
      }
    };
  }

  @Override
  protected synchronized Buffer request(Buffer request) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
    while (out.hasRemaining()) {
      channel.write(out);
    }
    int length = read(Integer.BYTES).getInt();
    if (length < 1 || length > MAX_MESSAGE) {
      throw new IOException("The SSH agent answered with a message of " + length + " bytes");
    }
    return new ByteArrayBuffer(read(length).array());
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new IOException("The SSH agent closed the connection");
      }
    }
    return in.flip();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
