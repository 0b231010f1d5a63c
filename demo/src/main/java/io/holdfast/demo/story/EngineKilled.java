package io.holdfast.demo.story;

import static io.holdfast.demo.story.Sight.notYet;
import static io.holdfast.demo.story.Sight.seen;

import io.holdfast.demo.story.StoryStep.Action;
import io.holdfast.demo.truth.TradeCount;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.HealingVerified;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The first story: all is well; the trading engine is killed; Holdfast notices, restarts and
 * verifies; the trade log says what it cost.
 */
public final class EngineKilled {

  /** Name of the engine in the plan. */
  public static final String ENGINE = "trading_engine";

  private static final String LEVEL = "P2";
  private static final int TRADES_TO_BELIEVE = 10;

  /** Two clocks of one machine and a trade every 100 ms: nothing finer can be compared. */
  private static final Duration TOLERANCE = Duration.ofMillis(500);

  /** The last known good instant may lie one interval of the plan's checks before the kill. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

  private final Stage stage;
  private final Texts texts;

  private long oldPid;
  private long newPid;
  private long lastId;
  private long position;
  private long killedNanos;
  private Duration outage = Duration.ZERO;

  private EngineKilled(Stage stage, Texts texts) {
    this.stage = stage;
    this.texts = texts;
  }

  /** The story's steps on a stage; they share what they saw, so a list is told once. */
  public static List<StoryStep> on(Stage stage, Texts texts) {
    return new EngineKilled(stage, texts).steps();
  }

  private List<StoryStep> steps() {
    List<String> both = List.of("collector", "agent-trade-a");
    List<String> agent = List.of("agent-trade-a");
    return List.of(
        step("healthy", Action.NONE, this::allHealthy, 30, both),
        step("kill", this::kill, this::gone, 5, agent),
        step("noticed", Action.NONE, this::noticed, 15, both),
        step("restarted", Action.NONE, this::restarted, 30, agent),
        step("trading", Action.NONE, this::trading, 30, agent),
        step("verified", Action.NONE, this::verified, 30, both),
        step("counted", Action.NONE, this::counted, 10, List.of("postgres")),
        step("page", Action.NONE, this::page, 10, List.of("collector")));
  }

  private static StoryStep step(
      String name, Action action, StoryStep.Condition condition, int seconds, List<String> logs) {
    return new StoryStep("story." + name, action, condition, Duration.ofSeconds(seconds), logs);
  }

  private Sight allHealthy() throws Exception {
    SystemStatus status = stage.status();
    Optional<String> wrong = Health.firstProblem(status, stage.planHash());
    if (wrong.isPresent()) {
      return notYet(wrong.get());
    }
    List<String> problems = stage.problems();
    if (!problems.isEmpty()) {
      return notYet(String.join("; ", problems));
    }
    // Asked here, where a collector that is just being restarted is asked again.
    position = stage.eventsAfter(0).stream().mapToLong(RecordedEvent::getPosition).max().orElse(0);
    return seen(Health.hosts(status), Health.services(status), percent(status.getSystemHealth()));
  }

  private void kill() throws Exception {
    List<Long> pids = stage.enginePids();
    if (pids.size() != 1) {
      throw new IllegalStateException("expected one engine in the process table, found " + pids);
    }
    oldPid = pids.getFirst();
    lastId = stage.countTrades().highest();
    killedNanos = System.nanoTime();
    stage.kill(oldPid);
  }

  private Sight gone() {
    return stage.enginePids().contains(oldPid)
        ? notYet("process " + oldPid + " is still there")
        : seen(Long.toString(oldPid), Long.toString(lastId));
  }

  private Sight noticed() throws Exception {
    if (find(e -> e.hasServiceExited() && e.getServiceExited().getPid() == oldPid).isPresent()) {
      return seen(sinceKill());
    }
    ServiceStatus engine = engineStatus();
    boolean other = engine.getVerdict() != Verdict.VERDICT_HEALTHY || engine.getHealing();
    return other || engine.getPid() != oldPid
        ? seen(sinceKill())
        : notYet("Holdfast still says " + Health.describe(engine));
  }

  private Sight restarted() {
    List<Long> pids = stage.enginePids();
    if (pids.size() != 1 || pids.contains(oldPid)) {
      return notYet("engines in the process table: " + pids);
    }
    newPid = pids.getFirst();
    return seen(Long.toString(newPid), sinceKill());
  }

  private Sight trading() throws Exception {
    TradeCount count = stage.countTrades();
    long written = count.turnOf(newPid).map(TradeCount.Turn::trades).orElse(0L);
    if (written < TRADES_TO_BELIEVE) {
      return notYet(written + " trades of process " + newPid + " in the trade log");
    }
    int health = stage.engineHealth();
    if (health != 200) {
      return notYet("the engine's health page answers " + health);
    }
    outage = count.gapBetween(oldPid, newPid).orElse(Duration.ZERO);
    return seen(Long.toString(written), texts.duration(outage));
  }

  private Sight verified() throws Exception {
    ServiceStatus engine = engineStatus();
    if (engine.getVerdict() != Verdict.VERDICT_HEALTHY || engine.getPid() != newPid) {
      return notYet("Holdfast says " + Health.describe(engine) + "; the engine is " + newPid);
    }
    if (find(e -> e.hasHealingStarted() && isEngine(e.getHealingStarted().getService()))
        .isEmpty()) {
      return notYet("no HealingStarted of " + ENGINE + " in the ledger");
    }
    Optional<HealingVerified> healed =
        find(e -> e.hasHealingVerified() && isEngine(e.getHealingVerified().getService()))
            .map(Event::getHealingVerified);
    if (healed.isEmpty()) {
      return notYet("no HealingVerified of " + ENGINE + " in the ledger");
    }
    return compare(Duration.ofMillis(healed.get().getOutageMillis()));
  }

  /** Holdfast's figure may not be kinder than the world's, nor longer than its checks are apart. */
  private Sight compare(Duration said) throws Exception {
    Duration rto = stage.recoveryTimeObjective(LEVEL);
    Duration longest = outage.plus(CHECK_INTERVAL).plusSeconds(5);
    boolean honest = said.compareTo(outage.minus(TOLERANCE)) >= 0 && said.compareTo(longest) <= 0;
    if (!honest || said.compareTo(rto) > 0) {
      return notYet(
          "Holdfast says "
              + texts.duration(said)
              + ", the trade log "
              + texts.duration(outage)
              + ", the objective is "
              + texts.duration(rto));
    }
    return seen(texts.duration(said), texts.duration(rto), LEVEL, texts.duration(outage));
  }

  private Sight counted() throws Exception {
    TradeCount count = stage.countTrades();
    String facts =
        "%d lost, %d twice, %d times two engines at once"
            .formatted(count.lost(), count.duplicated(), count.overlaps());
    if (!count.clean() || count.highest() < lastId) {
      return notYet(facts);
    }
    return seen(
        Long.toString(count.trades()),
        Long.toString(count.highest()),
        Integer.toString(count.turns().size()));
  }

  private Sight page() throws Exception {
    int status = stage.fetchPage();
    return status == 200
        ? seen(stage.page().toString())
        : notYet(stage.page() + " answers " + status);
  }

  private Optional<Event> find(Predicate<Event> wanted) throws Exception {
    return stage.eventsAfter(position).stream()
        .map(RecordedEvent::getEvent)
        .filter(wanted)
        .findFirst();
  }

  private ServiceStatus engineStatus() throws Exception {
    return stage.status().getServicesList().stream()
        .filter(service -> isEngine(service.getName()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Holdfast does not know " + ENGINE));
  }

  private static boolean isEngine(String service) {
    return service.equals(ENGINE);
  }

  private String sinceKill() {
    return texts.duration(Duration.ofNanos(System.nanoTime() - killedNanos));
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.0f %%", ratio * 100);
  }
}
