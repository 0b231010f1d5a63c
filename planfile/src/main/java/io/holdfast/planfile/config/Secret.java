package io.holdfast.planfile.config;

/** A password or the like: it prints as stars, so that no log shows it by accident. */
public final class Secret {

  private final String value;

  /** Keeps {@code value}. */
  public Secret(String value) {
    this.value = value;
  }

  /** The secret itself; hand it to what needs it and nowhere else. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
