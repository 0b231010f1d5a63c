package io.holdfast.agent.store;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.ServiceMemory;
import io.holdfast.core.agent.ServiceMemory.AttemptMemory;
import io.holdfast.core.agent.ServiceMemory.OutageStart;
import io.holdfast.core.healing.HealingLog;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.proto.agent.v1.AgentMemory;
import io.holdfast.proto.agent.v1.HealingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What an agent knows of its services, kept for the next agent of the same boot. It survives the
 * agent, not the host, so nothing is forced to the disk; what cannot be read is not known.
 */
public final class MemoryStore {

  private final Path file;
  private final String bootId;

  /**
   * Keeps the memories in {@code directory}.
   *
   * @param bootId the present boot; memories of another one are not read
   */
  public MemoryStore(Path directory, String bootId) {
    this.file = directory.resolve("memory.bin");
    this.bootId = bootId;
  }

  /**
   * Replaces what was kept.
   *
   * @throws IOException if it could not be written; what was kept before is still there
   */
  public void store(Map<String, ServiceMemory> memories) throws IOException {
    AgentMemory.Builder message = AgentMemory.newBuilder().setBootId(bootId);
    memories.forEach((service, memory) -> message.addServices(write(service, memory)));
    Path fresh = file.resolveSibling("memory.bin.new");
    Files.write(fresh, message.build().toByteArray());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What was kept in this boot; empty where there is nothing that can be read. */
  public Map<String, ServiceMemory> load() {
    Map<String, ServiceMemory> memories = new TreeMap<>();
    try {
      AgentMemory message = AgentMemory.parseFrom(Files.readAllBytes(file));
      if (message.getBootId().equals(bootId)) {
        message.getServicesList().forEach(each -> memories.put(each.getService(), read(each)));
      }
      return memories;
    } catch (IOException | IllegalArgumentException e) {
      return Map.of();
    }
  }

  private static io.holdfast.proto.agent.v1.ServiceMemory write(
      String service, ServiceMemory memory) {
    var message =
        io.holdfast.proto.agent.v1.ServiceMemory.newBuilder()
            .setService(service)
            .setInOutage(memory.outage().isPresent())
            .setAttempts(memory.log().attempts())
            .addAllActionBootMillis(memory.log().actions());
    memory.lastGood().ifPresent(at -> message.setLastGood(instant(at)));
    memory
        .outage()
        .flatMap(OutageStart::lastGood)
        .ifPresent(at -> message.setOutageLastGood(instant(at)));
    memory.log().notBefore().ifPresent(message::setNotBeforeBootMillis);
    memory.attempt().ifPresent(attempt -> message.setAttempt(attempt(attempt)));
    return message.build();
  }

  private static io.holdfast.proto.agent.v1.ServiceMemory.Instant instant(Moment at) {
    return io.holdfast.proto.agent.v1.ServiceMemory.Instant.newBuilder()
        .setBootMillis(at.bootMillis())
        .setWallMillis(at.wallMillis())
        .build();
  }

  private static io.holdfast.proto.agent.v1.ServiceMemory.Attempt attempt(AttemptMemory attempt) {
    return io.holdfast.proto.agent.v1.ServiceMemory.Attempt.newBuilder()
        .setTrigger(
            switch (attempt.trigger()) {
              case SERVICE_DOWN -> HealingRule.Trigger.TRIGGER_SERVICE_DOWN;
              case HIGH_MEMORY_USAGE -> HealingRule.Trigger.TRIGGER_HIGH_MEMORY_USAGE;
            })
        .setNumber(attempt.number())
        .setStartedBootMillis(attempt.startedBoot())
        .build();
  }

  private static ServiceMemory read(io.holdfast.proto.agent.v1.ServiceMemory message) {
    return new ServiceMemory(
        message.hasLastGood() ? Optional.of(moment(message.getLastGood())) : Optional.empty(),
        message.getInOutage()
            ? Optional.of(
                new OutageStart(
                    message.hasOutageLastGood()
                        ? Optional.of(moment(message.getOutageLastGood()))
                        : Optional.empty()))
            : Optional.empty(),
        new HealingLog(
            message.getAttempts(),
            message.getActionBootMillisList(),
            message.hasNotBeforeBootMillis()
                ? OptionalLong.of(message.getNotBeforeBootMillis())
                : OptionalLong.empty()),
        message.hasAttempt() ? Optional.of(attempt(message.getAttempt())) : Optional.empty());
  }

  private static Moment moment(io.holdfast.proto.agent.v1.ServiceMemory.Instant at) {
    return new Moment(at.getBootMillis(), at.getWallMillis());
  }

  private static AttemptMemory attempt(io.holdfast.proto.agent.v1.ServiceMemory.Attempt message) {
    Trigger trigger =
        switch (message.getTrigger()) {
          case TRIGGER_SERVICE_DOWN -> Trigger.SERVICE_DOWN;
          case TRIGGER_HIGH_MEMORY_USAGE -> Trigger.HIGH_MEMORY_USAGE;
          case TRIGGER_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("trigger " + message.getTriggerValue());
        };
    return new AttemptMemory(trigger, message.getNumber(), message.getStartedBootMillis());
  }
}
