package io.holdfast.planfile.yaml;

import java.util.Optional;
import java.util.function.Function;

/**
 * How a scalar of one kind is written.
 *
 * @param expected what is allowed, with its article: {@code a duration such as 30s}
 * @param read the value, or empty when the scalar is not of this form
 * @param meant what a scalar that is not of this form was probably meant to be
 */
public record Form<T>(
    String expected,
    Function<YamlNode.Scalar, Optional<T>> read,
    Function<YamlNode.Scalar, Optional<String>> meant) {

  /** The value of {@code node}, or empty when it is not of this form. */
  public Optional<T> of(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? read.apply(scalar) : Optional.empty();
  }

  /** What {@code node} was probably meant to be. */
  public Optional<String> suggestionFor(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? meant.apply(scalar) : Optional.empty();
  }

  /** A form whose mistakes have no likely meaning. */
  public static <T> Form<T> of(String expected, Function<YamlNode.Scalar, Optional<T>> read) {
    return new Form<>(expected, read, scalar -> Optional.empty());
  }
}
