package io.holdfast.planfile.problem;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Collects the problems of one file; not for several threads. */
public final class Problems {

  /** Nobody reads more of them. */
  static final int MAX = 1_000;

  private final String file;
  private final TreeSet<Problem> found = new TreeSet<>();

  /** For the file of that name. */
  public Problems(String file) {
    this.file = file;
  }

  /** Adds a problem without a suggestion. */
  public void add(Position at, String path, String message) {
    add(at, path, message, Optional.empty());
  }

  /** Adds a problem; the same problem twice counts once, and beyond {@value #MAX} none is kept. */
  public void add(Position at, String path, String message, Optional<String> suggestion) {
    if (found.size() >= MAX) {
      return;
    }
    found.add(new Problem(file, at.line(), at.column(), path, message, suggestion));
  }

  /** Adds a problem of the whole file. */
  public void addForFile(String message) {
    add(Position.WHOLE_FILE, "", message);
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All, in the file's order. */
  public List<Problem> sorted() {
    return List.copyOf(found);
  }
}
