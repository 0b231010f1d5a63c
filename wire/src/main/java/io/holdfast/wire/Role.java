package io.holdfast.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operator may do; each role includes the ones before it. */
public enum Role {
  VIEWER,
  OPERATOR,
  ADMIN;

  /** Whether who has this role may do what {@code needed} may. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** As it stands in a certificate: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that label. */
  public static Optional<Role> ofLabel(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
  }
}
