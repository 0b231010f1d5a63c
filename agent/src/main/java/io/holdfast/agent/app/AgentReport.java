package io.holdfast.agent.app;

import io.holdfast.agent.link.AgentFacts;
import io.holdfast.agent.link.HeartbeatContent;
import io.holdfast.core.Moment;
import io.holdfast.core.plan.HostPlan;
import java.util.function.Supplier;

/** What the link tells of this agent. */
record AgentReport(Supplier<Moment> clock, AgentLoop loop, Sampling sampling)
    implements AgentFacts {

  @Override
  public Moment now() {
    return clock.get();
  }

  @Override
  public HeartbeatContent heartbeat() {
    return new HeartbeatContent(clock.get(), sampling.newest(), loop.state().views());
  }

  @Override
  public String planHash() {
    return loop.state().plan().map(HostPlan::planHash).orElse("");
  }
}
