package io.holdfast.bench.agent;

import java.nio.file.Path;

/**
 * The control file of monit: the services of the example plan, observed as our agent's checks
 * observe them, and one process of its own to bring back.
 *
 * @param folder of monit's own files
 * @param listens the address that stands in the services' commands
 * @param address where they answer
 * @param databasePort of PostgreSQL, on 127.0.0.1
 * @param databasePid file with PostgreSQL's process
 * @param collected file of the data collector
 * @param kept how the process that it brings back is found, in monit's words
 * @param start the command that starts this process
 */
record MonitFile(
    Path folder,
    String listens,
    String address,
    int databasePort,
    Path databasePid,
    Path collected,
    String kept,
    String start) {

  /** Its cycle, in seconds. */
  static final int CYCLE = 5;

  /** What runs with it, as a row of a table. */
  static String inWords(String version) {
    return "monit " + version + ", cycle " + CYCLE + " s";
  }

  /** On a host of the lab, where it has a unit to bring back. */
  static MonitFile onHost() {
    return new MonitFile(
        Path.of("/var/lib/holdfast-bench/monit"),
        "0.0.0.0",
        "127.0.0.1",
        5432,
        Path.of("/run/postgresql/15-main.pid"),
        Path.of("/var/lib/collector/last"),
        "matching \"ApiServer --address=127.0.0.1 --port=8102 \"",
        "/usr/bin/systemctl start twin-monit.service");
  }

  String text() {
    return """
    set daemon %1$d
    set logfile "%2$s/monit.log"
    set pidfile "%2$s/monit.pid"
    set idfile "%2$s/monit.id"
    set statefile "%2$s/monit.state"
    check system machine
      if memory usage > 95%% for 2 cycles then alert
    check process database with pidfile "%5$s"
      if failed host 127.0.0.1 port %4$d protocol pgsql with timeout 10 seconds then alert
    check process api_server matching "ApiServer --address=%9$s --port=8000 "
      if failed host %3$s port 8000 protocol http request "/health" with timeout 5 seconds then alert
    check process trading_engine matching "TradingEngine --address=%9$s "
      if failed host %3$s port 8001 protocol http request "/health" with timeout 15 seconds then alert
    check process data_collector matching "DataCollector --file=%6$s"
    check file collected with path "%6$s"
      if timestamp > 2 minutes then alert
    check process web_ui matching "WebUi --address=%9$s "
      if failed host %3$s port 8080 type tcp with timeout 10 seconds then alert
    check process kept %7$s
      start program = "%8$s" with timeout 30 seconds
      if does not exist then start
    """
        .formatted(
            CYCLE, folder, address, databasePort, databasePid, collected, kept, start, listens);
  }
}
