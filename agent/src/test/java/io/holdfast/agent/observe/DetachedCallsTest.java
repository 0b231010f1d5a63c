package io.holdfast.agent.observe;

import static io.holdfast.agent.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DetachedCallsTest {

  @Test
  void aKeyThatHangsGetsNoSecondCallAndHoldsUpNoOtherKey() {
    CountDownLatch server = new CountDownLatch(1);
    try (DetachedCalls calls = new DetachedCalls("test", 2)) {
      CompletableFuture<Integer> hanging =
          calls
              .start(
                  "nfs",
                  () -> {
                    server.await();
                    return 1;
                  })
              .orElseThrow();
      assertThat(calls.start("nfs", () -> 2)).isEmpty();
      assertThat(calls.start("disk", () -> 3).orElseThrow().join()).isEqualTo(3);
      assertThat(hanging).isNotDone();

      server.countDown();
      assertThat(hanging.join()).isEqualTo(1);
      assertThat(calls.start("nfs", () -> 4).orElseThrow().join()).isEqualTo(4);
    }
  }

  @Test
  void whenEveryThreadHangsFurtherCallsAreTurnedDown() {
    CountDownLatch server = new CountDownLatch(1);
    try (DetachedCalls calls = new DetachedCalls("test", 1)) {
      CompletableFuture<Boolean> hanging =
          calls
              .start(
                  "one",
                  () -> {
                    server.await();
                    return true;
                  })
              .orElseThrow();
      assertThat(calls.start("two", () -> true)).isEmpty();
      server.countDown();
      assertThat(hanging.join()).isTrue();
      eventually("a thread is free", () -> calls.start("two", () -> true).isPresent());
    }
  }

  @Test
  void aFailureIsTheCallersToSee() {
    try (DetachedCalls calls = new DetachedCalls("test", 1)) {
      CompletableFuture<Object> failed =
          calls
              .start(
                  "gone",
                  () -> {
                    throw new IOException("gone");
                  })
              .orElseThrow();
      assertThat(failed)
          .failsWithin(java.time.Duration.ofSeconds(20))
          .withThrowableThat()
          .withMessageContaining("gone");
    }
  }
}
