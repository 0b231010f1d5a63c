package io.holdfast.agent.observe.linux;

import io.holdfast.agent.observe.DetachedCalls;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Size and free space of file systems. The call hangs for as long as the server of a network file
 * system is away, so it is made aside and given up after a moment; while it hangs it is not
 * repeated, and costs the sampler nothing more.
 */
final class FileSystemSpace implements AutoCloseable {

  /**
   * In bytes.
   *
   * @param available for users other than root
   */
  record Space(long total, long available) {}

  private static final int MOST_HANGING = 8;
  private static final long PATIENCE_MILLIS = 200;

  private final Function<String, Space> call;
  private final DetachedCalls calls = new DetachedCalls("holdfast-statvfs", MOST_HANGING);

  /**
   * Asks with {@code call}.
   *
   * @param call from a mount point to its space; may hang, and gives a total of 0 where there is no
   *     answer
   */
  FileSystemSpace(Function<String, Space> call) {
    this.call = call;
  }

  /** Empty if the file system does not answer. */
  Optional<Space> of(String mount) {
    return calls.start(mount, () -> call.apply(mount)).flatMap(FileSystemSpace::await);
  }

  private static Optional<Space> await(CompletableFuture<Space> answer) {
    try {
      return Optional.of(answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
          .filter(space -> space.total() > 0);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
