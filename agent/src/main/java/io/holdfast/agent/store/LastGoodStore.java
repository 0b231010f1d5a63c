package io.holdfast.agent.store;

import io.holdfast.core.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When each service was last well, kept for the next agent of the same boot, so that an outage
 * which began while no agent ran is still measured from its last known good instant.
 *
 * <p>It is a hint: what cannot be read is not known, and nothing is forced to the disk.
 */
public final class LastGoodStore {

  private final Path file;
  private final String bootId;

  /**
   * Keeps the times in {@code directory}.
   *
   * @param bootId the present boot; times of another one are not read
   */
  public LastGoodStore(Path directory, String bootId) {
    this.file = directory.resolve("last-good");
    this.bootId = bootId;
  }

  /**
   * Replaces what was kept.
   *
   * @throws IOException if it could not be written; what was kept before is still there
   */
  public void store(Map<String, Moment> lastGood) throws IOException {
    StringBuilder text = new StringBuilder(bootId).append('\n');
    lastGood.forEach(
        (service, at) ->
            text.append(service)
                .append(' ')
                .append(at.bootMillis())
                .append(' ')
                .append(at.wallMillis())
                .append('\n'));
    Path fresh = file.resolveSibling("last-good.new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What was kept in this boot; empty where there is nothing that can be read. */
  public Map<String, Moment> load() {
    Map<String, Moment> lastGood = new TreeMap<>();
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.getFirst().equals(bootId)) {
        return Map.of();
      }
      for (String line : lines.subList(1, lines.size())) {
        String[] words = line.split(" ");
        lastGood.put(words[0], new Moment(Long.parseLong(words[1]), Long.parseLong(words[2])));
      }
      return lastGood;
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Map.of();
    }
  }
}
