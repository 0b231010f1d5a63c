package io.holdfast.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.link.LinkFailure;
import io.holdfast.agent.link.LinkFailure.Kind;
import io.holdfast.agent.metrics.AgentTally;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class LinkingTest {
  private static final LinkFailure REVOKED =
      new LinkFailure(
          Kind.CERTIFICATE_REFUSED, "10.0.0.20:7443", "a sentence", "its certificate was revoked");

  private final Linking linking =
      new Linking(plan -> Future.succeededFuture(), new AgentTally(), () -> {});

  private static LinkFailure unreachable(String collector) {
    return new LinkFailure(Kind.UNREACHABLE, collector, "the host cannot be reached");
  }

  @Test
  void saysWhichCollectorHasTheStream() {
    linking.attemptFailed(REVOKED);
    linking.connected("collector-1");

    assertThat(linking.state()).isEqualTo("collector-1");
  }

  @Test
  void saysWhatSomebodyHasToMend() {
    linking.connected("collector-1");
    linking.disconnected(REVOKED);

    assertThat(linking.state()).isEqualTo("no collector: its certificate was revoked");
  }

  @Test
  void doesNotForgetItBecauseAnotherCollectorCannotBeReached() {
    linking.attemptFailed(REVOKED);
    linking.attemptFailed(unreachable("10.0.0.21:7443"));

    assertThat(linking.state()).contains("revoked");
  }

  @Test
  void forgetsItWhenTheSameCollectorSaysSomethingElse() {
    linking.attemptFailed(REVOKED);
    linking.attemptFailed(unreachable("10.0.0.20:7443"));

    assertThat(linking.state()).isEqualTo("no collector");
  }
}
