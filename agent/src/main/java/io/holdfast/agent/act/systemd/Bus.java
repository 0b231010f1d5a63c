package io.holdfast.agent.act.systemd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.connections.BusAddress;
import org.freedesktop.dbus.connections.config.TransportConfig;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.connections.transports.TransportBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodReturn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to D-Bus: calls and signals as plain messages. Of the library it uses the log-in
 * and the form of messages alone, not its connections, whose pools of threads and proxies cost
 * memory. A thread of its own reads; everything else is called, and answers, on {@code worker}.
 */
final class Bus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final long REPLY_NANOS = TimeUnit.SECONDS.toNanos(25);
  private static final String DAEMON = "org.freedesktop.DBus";

  private final Executor worker;
  private final Listener listener;
  private final AbstractTransport transport;
  private final Map<Long, Pending> pending = new HashMap<>();
  private boolean lost;

  /** What a connection tells; each is called on the worker. */
  interface Listener {
    /** Calls may be made. */
    void connected(Bus bus);

    /** Something happened of what {@link #watch} asked for. */
    void signalled(BusSignal signal);

    /** It is over, or never began; every call has failed before this is called. */
    void lost(Bus bus, String why);
  }

  private record Pending(CompletableFuture<List<Object>> reply, long deadline) {}

  private Bus(AbstractTransport transport, Executor worker, Listener listener) {
    this.transport = transport;
    this.worker = worker;
    this.listener = listener;
  }

  /**
   * Begins to connect; the listener hears how it went.
   *
   * @throws BusException if the library cannot even try
   */
  static Bus open(Path socket, Executor worker, Listener listener) throws BusException {
    try {
      TransportConfig config = new TransportConfig(BusAddress.of("unix:path=" + socket));
      config.setAutoConnect(false);
      Bus bus = new Bus(TransportBuilder.create(config).build(), worker, listener);
      Thread.ofPlatform().name("systemd-bus").daemon().start(bus::read);
      return bus;
    } catch (DBusException | IOException e) {
      throw new BusException("", "D-Bus cannot be used: " + e.getMessage());
    }
  }

  /**
   * Calls a method of systemd.
   *
   * @param signature of the arguments in D-Bus' letters
   * @return the answer's values; fails with {@link BusException}
   */
  CompletableFuture<List<Object>> call(
      String path, String interfaceName, String member, String signature, Object... arguments) {
    return send(Systemd.NAME, path, interfaceName, member, signature, arguments);
  }

  /** Asks for the signals that fit this rule. */
  CompletableFuture<List<Object>> watch(String rule) {
    return send(DAEMON, "/org/freedesktop/DBus", DAEMON, "AddMatch", "s", rule);
  }

  /** Once a second: a call that is not answered fails. */
  void tick(long nanos) {
    Iterator<Pending> all = pending.values().iterator();
    while (all.hasNext()) {
      Pending waiting = all.next();
      if (nanos - waiting.deadline() > 0) {
        all.remove();
        waiting.reply().completeExceptionally(new BusException("", "systemd did not answer"));
      }
    }
  }

  @Override
  public void close() {
    try {
      transport.close();
    } catch (IOException e) {
      LOG.debug("closing D-Bus: {}", e.getMessage());
    }
  }

  private CompletableFuture<List<Object>> send(
      String destination,
      String path,
      String interfaceName,
      String member,
      String signature,
      Object... arguments) {
    CompletableFuture<List<Object>> reply = new CompletableFuture<>();
    if (lost) {
      reply.completeExceptionally(new BusException("", "the connection to D-Bus is lost"));
      return reply;
    }
    try {
      Message call =
          transport
              .getMessageFactory()
              .createMethodCall(
                  null,
                  destination,
                  path,
                  interfaceName,
                  member,
                  (byte) 0,
                  signature.isEmpty() ? null : signature,
                  arguments);
      pending.put(call.getSerial(), new Pending(reply, System.nanoTime() + REPLY_NANOS));
      transport.writeMessage(call);
    } catch (DBusException | IOException e) {
      reply.completeExceptionally(new BusException("", "D-Bus: " + e.getMessage()));
    }
    return reply;
  }

  /** The life of the reading thread. */
  private void read() {
    String why = "it was closed";
    try {
      transport.connect();
      onWorker(this::hello);
      while (true) {
        Message message = transport.readMessage();
        if (message != null) {
          onWorker(() -> take(message));
        }
      }
    } catch (IOException | DBusException | RuntimeException e) {
      why = e.getMessage() == null ? e.toString() : e.getMessage();
    } finally {
      close();
    }
    String told = why;
    onWorker(() -> ended(told));
  }

  private void hello() {
    CompletableFuture<Void> unused =
        send(DAEMON, "/org/freedesktop/DBus", DAEMON, "Hello", "")
            .thenAccept(name -> listener.connected(this));
  }

  private void take(Message message) {
    try {
      switch (message) {
        case MethodReturn reply -> answered(reply).complete(values(reply));
        case Error error ->
            answered(error)
                .completeExceptionally(new BusException(error.getName(), text(values(error))));
        case DBusSignal signal when signal.getName() != null ->
            listener.signalled(new BusSignal(signal.getPath(), signal.getName(), values(signal)));
        default -> LOG.debug("not for us: {}", message);
      }
    } catch (DBusException | RuntimeException e) {
      LOG.warn("a message of D-Bus cannot be read: {}", e.toString());
    }
  }

  private CompletableFuture<List<Object>> answered(Message reply) {
    Pending waiting = pending.remove(reply.getReplySerial());
    return waiting == null ? new CompletableFuture<>() : waiting.reply();
  }

  private void ended(String why) {
    lost = true;
    BusException failure = new BusException("", "the connection to D-Bus was lost: " + why);
    List<Pending> unanswered = List.copyOf(pending.values());
    pending.clear();
    unanswered.forEach(waiting -> waiting.reply().completeExceptionally(failure));
    listener.lost(this, why);
  }

  private void onWorker(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("D-Bus told something after the end");
    }
  }

  private static List<Object> values(Message message) throws DBusException {
    Object[] values = message.getParameters();
    return values == null ? List.of() : PlainValues.of(values);
  }

  private static String text(List<Object> values) {
    return values.isEmpty() ? "no reason given" : String.valueOf(values.getFirst());
  }
}
