package io.holdfast.core.health;

/** Why a verdict is what it is. The names are part of the API: they are never renamed. */
public enum ReasonCode {
  /** No result of this check has decided yet. */
  NOT_CHECKED_YET(false),
  /** Some results disagree with the verdict, too few to change it. */
  DECIDING(false),
  PROCESS_EXITED(true),
  PROCESS_NOT_RUNNING(true),
  CONNECTION_REFUSED(true),
  CONNECTION_CLOSED(true),
  UNREACHABLE(true),
  NAME_NOT_RESOLVED(false),
  TIMED_OUT(true),
  HTTP_STATUS(true),
  BAD_ANSWER(true),
  /** The server is there; the credentials of the check are refused. */
  AUTHENTICATION_FAILED(false),
  TOO_MANY_CONNECTIONS(false),
  /** The server is starting or recovering: a restart would only begin that again. */
  STARTING_UP(false),
  READ_ONLY(false),
  QUERY_FAILED(false),
  FILE_MISSING(true),
  FILE_TOO_OLD(true),
  /** A write in a directory of the service took too long: its disk does not get faster so. */
  WRITE_TOO_SLOW(false),
  /** A write in a directory of the service failed. */
  WRITE_FAILED(false),
  /** The check itself could not be carried out. */
  PROBE_BROKEN(false),
  /** The agent's spool could not keep what happened since the verdict before. */
  EVENTS_DROPPED(false),
  /** No heartbeat of the host: the collector knows nothing of its services. */
  HOST_SILENT(false);

  private final boolean restartCanHelp;

  ReasonCode(boolean restartCanHelp) {
    this.restartCanHelp = restartCanHelp;
  }

  /** Whether the service itself answered, though not as it should. */
  public boolean isAnswer() {
    return switch (this) {
      case HTTP_STATUS,
          BAD_ANSWER,
          AUTHENTICATION_FAILED,
          TOO_MANY_CONNECTIONS,
          STARTING_UP,
          READ_ONLY,
          QUERY_FAILED ->
          true;
      case NOT_CHECKED_YET,
          DECIDING,
          PROCESS_EXITED,
          PROCESS_NOT_RUNNING,
          CONNECTION_REFUSED,
          CONNECTION_CLOSED,
          UNREACHABLE,
          NAME_NOT_RESOLVED,
          TIMED_OUT,
          FILE_MISSING,
          FILE_TOO_OLD,
          WRITE_TOO_SLOW,
          WRITE_FAILED,
          PROBE_BROKEN,
          EVENTS_DROPPED,
          HOST_SILENT ->
          false;
    };
  }

  /** Whether restarting the service is a sensible answer to this reason. */
  public boolean restartCanHelp() {
    return restartCanHelp;
  }
}
