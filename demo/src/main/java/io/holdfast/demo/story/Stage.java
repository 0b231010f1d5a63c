package io.holdfast.demo.story;

import io.holdfast.demo.truth.TradeCount;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.SystemStatus;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where a story is told: what it may see and do there. Everything but the first group is read past
 * Holdfast.
 */
public interface Stage {

  // ---- Holdfast's own answers ----

  /**
   * The newest status that the collector has pushed; an error while there is none that is fresh.
   */
  SystemStatus status() throws Exception;

  /** The ledger's events after a position, oldest first. */
  List<RecordedEvent> eventsAfter(long position) throws Exception;

  /** Recovery time objective of a level, of the plan in force. */
  Duration recoveryTimeObjective(String level) throws Exception;

  /** Hash of the plan that was applied. */
  String planHash();

  // ---- the world ----

  /** Pids of the trading engines that run, found in the process table. */
  List<Long> enginePids();

  /** Kills a process of this stage with SIGKILL. */
  void kill(long pid) throws Exception;

  /** HTTP status of the engine's health page; an error while it does not answer. */
  int engineHealth() throws Exception;

  /** What is wrong with the sample system, asked of each program directly; empty: nothing. */
  List<String> problems();

  /** The trade log, counted. */
  TradeCount countTrades() throws Exception;

  /** Address of the page. */
  URI page();

  /** HTTP status of the page, fetched with the demo's own trust in its certificate authority. */
  int fetchPage() throws Exception;
}
