package io.holdfast.cli.command;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A person's yes before something changes the world. */
final class Confirmation {
  private static final List<String> YES = List.of("y", "yes", "是", "好");

  private final HoldfastCommand root;

  Confirmation(HoldfastCommand root) {
    this.root = root;
  }

  /**
   * Asks.
   *
   * @param nobody key of what is said where nobody can be asked
   * @throws CliFailure unless the answer is yes
   */
  void require(String question, String nobody) {
    Texts texts = root.texts();
    Optional<String> answer = root.terminal().ask().apply(question + " ");
    if (answer.isEmpty()) {
      throw new CliFailure(ExitCode.REFUSED, texts.text(nobody));
    }
    if (!YES.contains(answer.get().strip().toLowerCase(Locale.ROOT))) {
      throw new CliFailure(ExitCode.REFUSED, texts.text("apply.not_confirmed"));
    }
  }
}
