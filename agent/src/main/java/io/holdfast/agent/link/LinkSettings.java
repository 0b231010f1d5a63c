package io.holdfast.agent.link;

import java.util.List;

/**
 * Who this agent is and where it connects.
 *
 * @param host the host's name, which its certificate must say too
 * @param build of the agent, for people
 * @param bootId the kernel's boot id
 * @param collectors tried in turn, at least one
 */
public record LinkSettings(
    String host,
    String build,
    String bootId,
    List<CollectorAddress> collectors,
    TlsFiles tls,
    LinkTimings timings) {

  /** The same agent with other collectors and files. */
  LinkSettings with(List<CollectorAddress> others, TlsFiles files) {
    return new LinkSettings(host, build, bootId, others, files, timings);
  }

  /** Copies the list and refuses an empty one. */
  public LinkSettings {
    collectors = List.copyOf(collectors);
    if (collectors.isEmpty()) {
      throw new IllegalArgumentException("no collector is named");
    }
  }
}
