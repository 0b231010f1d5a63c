package io.holdfast.agent.link;

/**
 * Why there is no stream.
 *
 * @param collector address that was tried
 * @param message a sentence for people that names what and where
 * @param brief what somebody has to mend, in a few words; empty: nothing that lasts
 */
public record LinkFailure(Kind kind, String collector, String message, String brief) {

  /** Nothing that lasts. */
  public LinkFailure(Kind kind, String collector, String message) {
    this(kind, collector, message, "");
  }

  /** What went wrong. */
  public enum Kind {
    NAME_NOT_RESOLVED(false),
    CONNECTION_REFUSED(false),
    UNREACHABLE(false),
    TIMED_OUT(false),
    /** The stream or the connection ended. */
    CLOSED(false),
    /** The connection stands, yet nothing comes from the other end. */
    SILENT(false),
    /** Who listens there does not speak TLS as a collector does. */
    NO_TLS(true),
    COLLECTOR_CERTIFICATE_EXPIRED(true),
    COLLECTOR_CERTIFICATE_OF_ANOTHER_CA(true),
    COLLECTOR_CERTIFICATE_FOR_ANOTHER_ADDRESS(true),
    /** The certificate is good and is not a collector's. */
    NOT_A_COLLECTOR(true),
    /** This host's own certificate or key cannot be used. */
    OWN_CERTIFICATE(true),
    CERTIFICATE_REFUSED(true),
    PROTOCOL(true),
    UNKNOWN_HOST(true),
    BAD_MESSAGE(true),
    NOT_READY(false),
    REPLACED(false),
    GAP(false),
    /** Something on this side broke, such as reading the spool. */
    LOCAL(false);

    private final boolean lasting;

    Kind(boolean lasting) {
      this.lasting = lasting;
    }

    /** Whether another try will most likely end the same until a person changes something. */
    public boolean lasting() {
      return lasting;
    }
  }

  private static final int MAX_SHOWN = 300;

  /** What came from outside and goes into a log line. */
  static String shown(String text) {
    String shortened = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + " ..." : text;
    return shortened.replaceAll("\\p{Cntrl}", "?");
  }
}
