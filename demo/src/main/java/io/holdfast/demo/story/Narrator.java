package io.holdfast.demo.story;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells what happens, line by line, each with the time since the beginning. */
public final class Narrator {

  private static final String INDENT = " ".repeat(11);

  private final PrintStream out;
  private final Texts texts;
  private final Supplier<Duration> sinceStart;
  private volatile @Nullable Thread only;

  /**
   * A narrator that writes to a stream.
   *
   * @param sinceStart time since the demo began
   */
  public Narrator(PrintStream out, Texts texts, Supplier<Duration> sinceStart) {
    this.out = out;
    this.texts = texts;
    this.sinceStart = sinceStart;
  }

  /** The language it speaks. */
  public Texts texts() {
    return texts;
  }

  /** Tells the text of a key; further lines of the text stand below the first. */
  public void say(String key, Object... facts) {
    tell(texts.of(key, facts));
  }

  /** Tells lines as they are, such as the end of a log. */
  public synchronized void quote(String lines) {
    if (!silenced()) {
      lines.lines().forEach(line -> out.println(INDENT + "  | " + line));
      out.flush();
    }
  }

  /** From now on only the calling thread is heard: the others' world is being taken down. */
  public void hearOnlyThisThread() {
    only = Thread.currentThread();
  }

  private boolean silenced() {
    return only != null && only != Thread.currentThread();
  }

  private synchronized void tell(String text) {
    if (silenced()) {
      return;
    }
    String time = String.format(Locale.ROOT, "[%6.1f s] ", sinceStart.get().toMillis() / 1000.0);
    String margin = time;
    for (String line : text.split("\n", -1)) {
      out.println(margin + line);
      margin = INDENT;
    }
    out.flush();
  }
}
