package io.holdfast.agent.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.proto.agent.v1.StoredPlan;
import io.holdfast.wire.HostPlanMapping;
import io.holdfast.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The plan in force, kept over restarts in one file. Its methods wait for the disk: a worker calls
 * them, not the event loop.
 */
public final class PlanStore {

  private final Path directory;
  private final Path file;

  /** Keeps the plan in {@code directory}, which is made when it is missing. */
  public PlanStore(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("plan.bin");
  }

  /**
   * Stores the plan: it is on the disk when this returns, and at no moment is there half a plan.
   *
   * @throws IOException if the disk does not take it; the plan before it is still there
   */
  public void store(HostPlan plan) throws IOException {
    Files.createDirectories(directory);
    var message = HostPlanMapping.toProto(plan);
    StoredPlan stored =
        StoredPlan.newBuilder()
            .setPlan(message.toByteString())
            .setCrc32C(checksum(message.toByteArray()))
            .build();
    Path fresh = directory.resolve("plan.bin.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(stored.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }

  /**
   * The stored plan; empty when there is none.
   *
   * @throws IOException if there is one that cannot be read; the collector will send it again
   */
  public Optional<HostPlan> load() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      StoredPlan stored = StoredPlan.parseFrom(Files.readAllBytes(file));
      if (checksum(stored.getPlan().toByteArray()) != stored.getCrc32C()) {
        throw new IOException(file + ": the stored plan is damaged (checksum)");
      }
      return Optional.of(
          HostPlanMapping.fromProto(
              io.holdfast.proto.agent.v1.HostPlan.parseFrom(stored.getPlan())));
    } catch (InvalidProtocolBufferException | WireException e) {
      throw new IOException(file + ": the stored plan is damaged: " + e.getMessage(), e);
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
