package io.holdfast.planfile.config;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a running program's configuration again. What the file says is put in force as a whole, or
 * nothing of it.
 */
public final class Reload<T> {
  private static final int APPLY_SECONDS = 30;

  private final Supplier<ConfigResult<T>> file;
  private final List<Reread.Key<T>> fixed;
  private final Function<T, CompletionStage<Void>> apply;
  private final Consumer<String> problems;
  private T inForce;

  /**
   * A reload that nobody asked for yet.
   *
   * @param file reads it
   * @param inForce what it said when the program began
   * @param fixed what of it holds for as long as the program runs
   * @param apply puts a configuration in force, and with it files that it names, which may have
   *     changed although it has not; fails with a sentence, and then has changed nothing
   * @param problems hears of each, in a line
   */
  public Reload(
      Supplier<ConfigResult<T>> file,
      T inForce,
      List<Reread.Key<T>> fixed,
      Function<T, CompletionStage<Void>> apply,
      Consumer<String> problems) {
    this.file = file;
    this.inForce = inForce;
    this.fixed = List.copyOf(fixed);
    this.apply = apply;
    this.problems = problems;
  }

  /** Waits for the outcome: what is wrong in one line, or nothing, and then all is in force. */
  public synchronized String run() {
    return switch (Reread.of(file.get(), inForce, fixed)) {
      case Reread.Refused<T> refused -> refused(refused);
      case Reread.Fresh<T> fresh -> applied(fresh.config());
    };
  }

  private String applied(T fresh) {
    try {
      apply.apply(fresh).toCompletableFuture().get(APPLY_SECONDS, TimeUnit.SECONDS);
      inForce = fresh;
      return "";
    } catch (ExecutionException e) {
      return failed(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (TimeoutException e) {
      return failed("it is not known to be in force after " + APPLY_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("the program is ending");
    }
  }

  private String failed(String why) {
    return refused(new Reread.Refused<>(List.of(why)));
  }

  private String refused(Reread.Refused<T> refused) {
    refused.lines().forEach(line -> problems.accept("not reloaded, all stays as it was: " + line));
    return "not reloaded: " + refused.summary();
  }
}
