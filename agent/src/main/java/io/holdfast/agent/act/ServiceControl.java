package io.holdfast.agent.act;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.ProcessFact;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Starts, stops and watches the services of the host's allowlist.
 *
 * <p>No method but {@link #residentBytes} and {@link #close} waits for anything. Actions on one
 * service are carried out one after another in the order of the calls, those on several services
 * side by side. The listener and everything that hangs on a returned stage are called on the
 * executor that the implementation was given, and an event of a process comes before the outcome of
 * the action that caused it.
 */
public interface ServiceControl extends AutoCloseable {

  /** How long a service may take after SIGTERM, unless the caller says otherwise. */
  Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  /** Names of the services that may be acted on: the allowlist. */
  Set<String> services();

  /**
   * Tells what happens to the main processes: {@link AgentEvent.ProcessRunning}, {@link
   * AgentEvent.ProcessEnded} and {@link AgentEvent.ProcessNeverStarted}. To be called once, before
   * {@link #attach}.
   */
  void watch(Consumer<AgentEvent> listener);

  /**
   * Takes over what an agent before this one left, without touching a running service. The listener
   * hears what happened in between as far as no agent told it yet, and in any case the present
   * state of each service. To be called once, before any action.
   *
   * @return never completes with an exception
   */
  CompletionStage<Attached> attach();

  /**
   * Starts the service; one that runs is left alone.
   *
   * @return never completes with an exception
   */
  CompletionStage<ActionOutcome> start(String service);

  /**
   * Ends every process of the service: SIGTERM, and after the grace SIGKILL. Done only when all are
   * proved gone.
   *
   * @param grace zero: SIGKILL at once; at most a day
   * @return never completes with an exception
   */
  CompletionStage<ActionOutcome> stop(String service, Duration grace);

  /**
   * Stops what is there of the service and starts it, unless somebody else did so since it was
   * judged, or is about to: that is waited for, and the outcome is {@link ActionOutcome.Overtaken}.
   *
   * @param grace as for {@link #stop}
   * @param judged the main process that is to go, as the caller knew it
   * @return never completes with an exception
   */
  CompletionStage<ActionOutcome> restart(String service, Duration grace, ProcessFact judged);

  /**
   * Ends every process of the service by SIGKILL, also one that {@link #stop} is giving its grace.
   *
   * @return never completes with an exception
   */
  CompletionStage<ActionOutcome> kill(String service);

  /**
   * Memory of the processes of each running service, in bytes; shared pages count by their share
   * where the kernel tells it. Reads {@code /proc}, some milliseconds: not for an event loop.
   */
  Map<String, Long> residentBytes();

  /** Stops watching; services go on. Stages that are not complete by then may stay so. */
  @Override
  void close();
}
