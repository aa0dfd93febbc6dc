package io.wizzie.wcs.ami.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server and does to one connection what networks do. */
public final class FaultProxy implements AutoCloseable {
  /** What happens to the connection. */
  public enum Fault {
    /** It is reset. */
    DROP,
    /** Nothing comes through any more, and nobody is told. */
    STALL,
    /** Bytes that nobody sent come between. */
    GARBAGE
  }

  private final String host;
  private final int port;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable Fault armed;
  private BooleanSupplier begun = () -> true;
  private boolean towardsServer;
  private long left;
  private boolean struck;

  /** Listens on a free port of 127.0.0.1. */
  public FaultProxy(String host, int port) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), host, port);
  }

  public FaultProxy(InetSocketAddress listenOn, String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.listener = new ServerSocket(listenOn.getPort(), 50, listenOn.getAddress());
    daemon(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Strikes once, when so many more bytes have gone in that direction. */
  public void arm(Fault fault, boolean towardsServer, long afterBytes) {
    arm(fault, towardsServer, afterBytes, () -> true);
  }

  /**
   * The same, but bytes do not count before a moment comes.
   *
   * @param begun asked whether it has come, before anything goes on
   */
  public synchronized void arm(
      Fault fault, boolean towardsServer, long afterBytes, BooleanSupplier begun) {
    this.begun = begun;
    this.armed = fault;
    this.towardsServer = towardsServer;
    this.left = afterBytes;
    this.struck = false;
  }

  public synchronized boolean struck() {
    return struck;
  }

  /** Waits until it has struck. */
  public synchronized void awaitStrike() throws InterruptedException {
    while (!struck) {
      wait();
    }
  }

  /** How many connections were made through it. */
  public int connections() {
    return connections.get();
  }

  private synchronized @Nullable Fault faultOf(boolean upwards, int bytes) {
    if (armed == null || upwards != towardsServer || !begun.getAsBoolean()) {
      return null;
    }
    left -= bytes;
    if (left > 0) {
      return null;
    }
    Fault fault = armed;
    armed = null;
    struck = true;
    notifyAll();
    return fault;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        connections.incrementAndGet();
        Socket server = new Socket();
        try {
          server.connect(new InetSocketAddress(host, port), 5000);
        } catch (IOException noServer) {
          // As the client would have met it without a proxy; a guest may still be booting.
          client.setSoLinger(true, 0);
          client.close();
          continue;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        Link link = new Link(client, server);
        daemon(() -> link.pump(client, server, true));
        daemon(() -> link.pump(server, client, false));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void daemon(Runnable body) {
    Thread thread = new Thread(body, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection through the proxy. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean stalled;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pump(Socket from, Socket to, boolean upwards) {
      byte[] bytes = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
          Fault fault = faultOf(upwards, read);
          if (fault == Fault.DROP) {
            reset();
            return;
          } else if (fault == Fault.STALL) {
            stalled = true;
          } else if (fault == Fault.GARBAGE) {
            byte[] garbage = new byte[512];
            new Random(1).nextBytes(garbage);
            out.write(garbage);
          }
          if (stalled) {
            closed.await();
            return;
          }
          out.write(bytes, 0, read);
          out.flush();
        }
        to.shutdownOutput();
      } catch (IOException gone) {
        closeBoth();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void reset() throws IOException {
      client.setSoLinger(true, 0);
      server.setSoLinger(true, 0);
      closeBoth();
    }

    private void closeBoth() {
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
