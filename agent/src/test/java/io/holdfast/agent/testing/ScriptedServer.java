package io.holdfast.agent.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server of a few lines, as broken as a test needs it, which sees its clients go away. */
public final class ScriptedServer implements AutoCloseable {

  /** What happens on one connection. */
  @FunctionalInterface
  public interface Script {
    /** Talks with a client; the connection stays open afterwards unless the script closes it. */
    void talk(Socket client) throws IOException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final BlockingQueue<Integer> clientsGone = new LinkedBlockingQueue<>();

  private ScriptedServer(ServerSocket listening, Script script) {
    this.listening = listening;
    this.script = script;
  }

  /** Listens on a free port of 127.0.0.1. */
  public static ScriptedServer start(Script script) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
      ScriptedServer server = new ScriptedServer(socket, script);
      Thread.ofVirtual().start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Accepts, and says nothing. */
  public static ScriptedServer silent() {
    return start(client -> {});
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Waits until a client has closed its connection; false if none does within ten seconds. */
  public boolean sawAClientGo() {
    try {
      return clientsGone.poll(10, TimeUnit.SECONDS) != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      script.talk(client);
      byte[] ignored = new byte[4096];
      while (client.getInputStream().read(ignored) >= 0) {
        // Until the client is gone.
      }
    } catch (SocketException reset) {
      // Gone as well.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      clientsGone.add(1);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
