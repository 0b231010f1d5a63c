package io.holdfast.planfile.problem;

/**
 * A place in a text.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1, in characters; 0 where the whole file is meant
 */
public record Position(int line, int column) {

  /** The file as a whole. */
  public static final Position WHOLE_FILE = new Position(0, 0);
}
