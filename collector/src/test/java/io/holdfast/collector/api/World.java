package io.holdfast.collector.api;

import io.holdfast.collector.door.Visas;
import io.holdfast.core.Moment;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.trust.DeniedException;
import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.core.trust.Rejection;
import io.holdfast.core.trust.TrustAnswer;
import io.holdfast.core.trust.TrustDecision;
import io.holdfast.core.trust.TrustDesk;
import io.holdfast.core.trust.TrustRequest;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.LoadPoint;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A ledger, a fleet and a clock that a test moves by hand. */
public final class World
    implements LedgerSource, FleetView, HistorySource, TrustSink, Renewals, Visas {
  private final AtomicReference<ClusterState> state = new AtomicReference<>(ClusterState.EMPTY);
  private final AtomicLong index = new AtomicLong();
  private final Map<String, HostLink> links = new ConcurrentHashMap<>();
  private final AtomicLong elapsed = new AtomicLong();
  private final AtomicBoolean serving = new AtomicBoolean(true);
  private final AtomicReference<History> history =
      new AtomicReference<>(History.getDefaultInstance());

  /** Both hosts connected, all services healthy. */
  public static World healthy(String locale) {
    World world = new World();
    world.record(Samples.applied(Samples.plan(locale)));
    world.beat("trade-a", Samples.heartbeat("trade-a"));
    world.beat("trade-b", Samples.heartbeat("trade-b"));
    return world;
  }

  public Moment now() {
    return new Moment(500_000 + elapsed.get(), Samples.WALL + elapsed.get());
  }

  public void pass(long millis) {
    elapsed.addAndGet(millis);
  }

  public void record(LedgerRecord record) {
    state.updateAndGet(before -> before.apply(record));
    index.incrementAndGet();
  }

  public void beat(String host, Heartbeat heartbeat) {
    links.put(
        host,
        new HostLink(true, Samples.HASH, "0.1.0", "", 0, Optional.of(new Heard(heartbeat, now()))));
  }

  public void change(String host, UnaryOperator<HostLink> change) {
    links.computeIfPresent(host, (name, link) -> change.apply(link));
  }

  public void forget(String host) {
    links.remove(host);
  }

  public void remember(History past) {
    history.set(past);
  }

  public boolean serving() {
    return serving.get();
  }

  public void serve(boolean now) {
    serving.set(now);
  }

  public StatusView view() {
    return new StatusView("collector-1", this, this, this::now);
  }

  @Override
  public Reading read() {
    return new Reading(state.get(), index.get());
  }

  @Override
  public Optional<HostLink> host(String name) {
    return Optional.ofNullable(links.get(name));
  }

  @Override
  public List<Beat> beats(String host, String service, int most) {
    return history.get().getServicesList().stream()
        .filter(past -> past.getHost().equals(host) && past.getService().equals(service))
        .flatMap(past -> newest(past.getBeatsList(), most))
        .toList();
  }

  @Override
  public List<LoadPoint> load(String host, int most) {
    return history.get().getHostsList().stream()
        .filter(past -> past.getHost().equals(host))
        .flatMap(past -> newest(past.getLoadList(), most))
        .toList();
  }

  private static <T> Stream<T> newest(List<T> past, int most) {
    return past.stream().skip(Math.max(0, past.size() - most));
  }

  @Override
  public History history(String host, String service) {
    History.Builder asked = history.get().toBuilder().clearServices().clearHosts();
    history.get().getServicesList().stream()
        .filter(past -> matches(host, past.getHost()) && matches(service, past.getService()))
        .forEach(asked::addServices);
    history.get().getHostsList().stream()
        .filter(past -> matches(host, past.getHost()))
        .forEach(asked::addHosts);
    return asked.build();
  }

  private static boolean matches(String asked, String name) {
    return asked.isEmpty() || asked.equals(name);
  }

  @Override
  public Asked ask(Optional<String> host) {
    return new Asked(
        links.keySet().stream()
            .filter(name -> host.map(name::equals).orElse(true))
            .sorted()
            .toList(),
        0);
  }

  /** The certificates of tests are of today, whatever this world's clock says. */
  @Override
  public Optional<Rejection> rejection(PresentedCertificate certificate) {
    return state.get().trust().rejection(certificate, 0);
  }

  @Override
  public Future<TrustAnswer> decide(TrustRequest request) {
    TrustDecision decision = TrustDesk.decide(state.get().trust(), request, now().wallMillis());
    decision.changes().forEach(change -> record(new LedgerRecord.TrustChanged(change)));
    return Future.succeededFuture(decision.answer());
  }

  @Override
  public Future<List<X509Certificate>> enrol(
      String host, String token, byte[] publicKey, byte[] proof) {
    return Future.failedFuture(
        new DeniedException(TrustAnswer.Denial.WRONG_TOKEN, "there is no token " + token));
  }
}
