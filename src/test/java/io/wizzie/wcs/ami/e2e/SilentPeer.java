package io.wizzie.wcs.ami.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A port or Unix socket that takes connections and then says nothing, until it is closed. */
final class SilentPeer implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Talk talk;
  private final List<SocketChannel> connections = new ArrayList<>();
  private final Semaphore silences = new Semaphore(0);

  /** What is said to a caller before the silence. */
  @FunctionalInterface
  interface Talk {
    void to(SocketChannel caller) throws IOException;
  }

  private SilentPeer(ServerSocketChannel server, Talk talk) {
    this.server = server;
    this.talk = talk;
    Thread thread = new Thread(this::accept, "silent peer");
    thread.setDaemon(true);
    thread.start();
  }

  /** On a free port of 127.0.0.1. */
  static SilentPeer onPort() {
    try {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new SilentPeer(server, caller -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SilentPeer onSocket(Path path, Talk talk) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      return new SilentPeer(server, talk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    try {
      return ((InetSocketAddress) server.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Words of bash that wait here and then end the script; they do nothing once this is closed. */
  String waiting() {
    return "if { exec 3<>/dev/tcp/127.0.0.1/%d; } 2> /dev/null; then read -r never <&3; exit 1; fi"
        .formatted(port());
  }

  /** Waits for a caller that gets no answer any more. */
  void awaitCaller() throws InterruptedException {
    silences.acquire();
  }

  /** Reads so much. */
  static ByteBuffer read(SocketChannel caller, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (caller.read(in) < 0) {
        throw new IOException("The caller is gone");
      }
    }
    return in.flip();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel caller = server.accept();
        synchronized (connections) {
          connections.add(caller);
        }
        Thread thread = new Thread(() -> talk(caller), "silent peer's talk");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException closed) {
      // Nobody is accepted any more.
    }
  }

  private void talk(SocketChannel caller) {
    try {
      talk.to(caller);
      silences.release();
    } catch (IOException gone) {
      // It was another one's call that counts.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      synchronized (connections) {
        for (SocketChannel connection : connections) {
          connection.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
