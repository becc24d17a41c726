package io.respoke.benchmarks;

import io.respoke.benchmarks.RelayLoad.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * The service beside a bare Vert.x server and Socket.IO on Node, each alone in a process of its own
 * while it is measured.
 */
final class ServiceLoad {
  /** What can be measured by itself. */
  static final List<String> PARTS = List.of("relay", "stored", "hold", "fan", "recovery");

  private static final String OURS = "ours";
  private static final String BARE = "bare Vert.x";
  private static final String NODE = "Socket.IO on Node";

  /** What is done with a server. */
  private interface Measuring<T> {
    T measure(LoadedServer server) throws Exception;
  }

  private final ServiceSize size;

  private ServiceLoad(ServiceSize size) {
    this.size = size;
  }

  /** Measures and prints some parts; gives the rows it has printed. */
  static List<String> run(List<String> parts, ServiceSize size) throws Exception {
    ServiceLoad load = new ServiceLoad(size);
    List<String> rows = new ArrayList<>();
    for (String part : parts) {
      rows.addAll(
          switch (part) {
            case "relay" -> load.relay();
            case "stored" -> load.stored();
            case "hold" -> load.hold();
            case "fan" -> load.fan();
            case "recovery" -> load.recovery();
            default -> throw new IllegalArgumentException("no such part: " + part);
          });
    }
    return rows;
  }

  private static <T> Table<T> compare(
      String title, Callable<LoadedServer> bare, Measuring<T> measuring) throws Exception {
    Table<T> table = new Table<>(title);
    table.column(OURS, of(LoadedServer::service, measuring));
    table.column(BARE, of(bare, measuring));
    String missing = NodeHost.missing();
    if (missing == null) {
      table.column(NODE, of(LoadedServer::node, measuring));
    } else {
      table.leftOut(NODE, missing);
    }
    return table;
  }

  private static <T> T of(Callable<LoadedServer> start, Measuring<T> measuring) throws Exception {
    try (LoadedServer server = start.call()) {
      return measuring.measure(server);
    }
  }

  private List<String> relay() throws Exception {
    var table =
        compare(
            "Messages, " + size.pairs() + " senders to as many receivers",
            LoadedServer::echo,
            server -> RelayLoad.measure(server, Traffic.MESSAGES, size.rate(), size));
    String rate = String.format(Locale.ROOT, "to the receiver at %,d /s", size.rate());
    table.row("messages per second", "%,.0f /s", RelayLoad.Measured::perSecond);
    table.row("processor time for one", "%.1f µs", RelayLoad.Measured::cpuMicros);
    table.row("p50 " + rate, "%.2f ms", RelayLoad.Measured::p50Millis);
    table.row("p99 " + rate, "%.2f ms", RelayLoad.Measured::p99Millis);
    return table.print();
  }

  private List<String> stored() throws Exception {
    Table<RelayLoad.Measured> table =
        new Table<>("Messages to groups, confirmed, " + size.pairs() + " senders");
    table.column("not stored", toGroups("memory", Traffic.GROUP));
    table.column("in memory", toGroups("memory", Traffic.STORED));
    table.column("in an H2 file", inFile());
    inPostgres(table, "in PostgreSQL");
    String rate = String.format(Locale.ROOT, "to the confirmation at %,d /s", size.storedRate());
    table.row("messages per second", "%,.0f /s", RelayLoad.Measured::perSecond);
    table.row("processor time for one", "%.1f µs", RelayLoad.Measured::cpuMicros);
    table.row("p50 " + rate, "%.2f ms", RelayLoad.Measured::p50Millis);
    table.row("p99 " + rate, "%.2f ms", RelayLoad.Measured::p99Millis);
    return table.print();
  }

  private RelayLoad.Measured toGroups(String storage, Traffic traffic) throws Exception {
    return of(
        () -> LoadedServer.service(0, storage),
        server -> RelayLoad.measure(server, traffic, size.storedRate(), size));
  }

  private RelayLoad.Measured inFile() throws Exception {
    Path directory = Files.createTempDirectory("respoke-benchmarks");
    try {
      return toGroups(directory.toString(), Traffic.STORED);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void inPostgres(Table<RelayLoad.Measured> table, String column) throws Exception {
    Postgres database;
    try {
      database = Postgres.open();
    } catch (IOException | RuntimeException e) {
      table.leftOut(column, String.valueOf(e.getMessage()));
      return;
    }
    try (database) {
      table.column(column, toGroups(database.url(), Traffic.STORED));
    }
  }

  private List<String> hold() throws Exception {
    var table =
        compare("Connections", LoadedServer::echo, server -> HoldLoad.measure(server, size.held()));
    table.row("held, and answering", "%,.0f", HoldLoad.Measured::held);
    table.row("resident with all of them", "%,.0f MB", HoldLoad.Measured::residentMegabytes);
    table.row("memory for one", "%.1f KB", HoldLoad.Measured::kilobytes);
    table.row("connects per second", "%,.0f /s", HoldLoad.Measured::perSecond);
    table.row("processor time for one", "%,.0f µs", HoldLoad.Measured::cpuMicros);
    return table.print();
  }

  private List<String> fan() throws Exception {
    var table =
        compare(
            "A group of " + size.members(),
            LoadedServer::toAll,
            server -> FanLoad.measure(server, size));
    table.row("deliveries per second", "%,.0f /s", FanLoad.Measured::perSecond);
    table.row("processor time for one", "%.1f µs", FanLoad.Measured::cpuMicros);
    table.row("until the last has it, p50", "%.1f ms", FanLoad.Measured::p50Millis);
    table.row("until the last has it, p99", "%.1f ms", FanLoad.Measured::p99Millis);
    return table.print();
  }

  private List<String> recovery() throws Exception {
    Table<RecoveryLoad.Measured> table =
        new Table<>("Back in their groups after a restart, " + size.clients() + " clients");
    table.column(OURS, RecoveryLoad.clients(size.clients()));
    table.column("logins without clients", RecoveryLoad.logins(size.clients()));
    table.row("half of them", "%.1f s", RecoveryLoad.Measured::p50Seconds);
    table.row("99 of 100", "%.1f s", RecoveryLoad.Measured::p99Seconds);
    table.row("all", "%.1f s", RecoveryLoad.Measured::lastSeconds);
    return table.print();
  }
}
