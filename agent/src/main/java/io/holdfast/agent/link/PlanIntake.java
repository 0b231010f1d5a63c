package io.holdfast.agent.link;

import io.holdfast.core.plan.HostPlan;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.PlanAck;
import io.holdfast.wire.HostPlanMapping;
import io.holdfast.wire.WireException;
import java.util.function.Consumer;

/** Takes the plans that come over one stream, and says which it does not take. */
final class PlanIntake {
  private final String host;
  private final CollectorAddress from;
  private final LinkListener listener;
  private final Consumer<AgentMessage> send;
  private final BoundedLog refusals;

  PlanIntake(
      String host,
      CollectorAddress from,
      LinkListener listener,
      Consumer<AgentMessage> send,
      BoundedLog refusals) {
    this.host = host;
    this.from = from;
    this.listener = listener;
    this.send = send;
    this.refusals = refusals;
  }

  void take(io.holdfast.proto.agent.v1.HostPlan message) {
    HostPlan plan;
    try {
      plan = HostPlanMapping.fromProto(message);
    } catch (WireException e) {
      refuse(
          "plan "
              + LinkFailure.shown(message.getPlanHash())
              + " is not understood and not taken: "
              + e.getMessage());
      return;
    }
    if (!plan.host().equals(host)) {
      refuse("a plan for " + plan.host() + " is not taken");
      return;
    }
    listener
        .planReceived(plan)
        .onSuccess(
            v ->
                send.accept(
                    AgentMessage.newBuilder()
                        .setPlanAck(PlanAck.newBuilder().setPlanHash(plan.planHash()))
                        .build()))
        .onFailure(e -> refuse("plan " + plan.planHash() + " is not in force: " + e.getMessage()));
  }

  void refuse(String sentence) {
    refusals.say(from + ": " + sentence, System.nanoTime());
  }
}
