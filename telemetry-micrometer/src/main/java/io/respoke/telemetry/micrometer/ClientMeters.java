package io.respoke.telemetry.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.HangupReason;
import io.respoke.spi.Telemetry.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** The meters of all clients with the same tag in one registry. */
final class ClientMeters {
  /** Routes beyond this many count as one: applications may ask for any path. */
  static final int ROUTES = 100;

  private record Key(MeterRegistry registry, String tag) {}

  private record Request(String method, String route, Outcome outcome) {}

  private record End(boolean incoming, HangupReason reason) {}

  // A second gauge of a name would be ignored, so clients have to share theirs.
  private static final Map<Key, ClientMeters> ALL = new HashMap<>();

  private final Key key;
  private final MeterRegistry registry;
  private final Tags tags;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final List<Gauge> gauges = new ArrayList<>();
  private final Set<String> routes = ConcurrentHashMap.newKeySet();
  private final Map<Request, Timer> requests = new ConcurrentHashMap<>();
  private final Map<End, Timer> calls = new ConcurrentHashMap<>();
  private final Timer downtime;
  private final Counter received;
  private final Counter receivedInGroups;
  private final Counter sent;
  private final Counter sentToGroups;
  private final Counter incoming;
  private final Counter outgoing;
  private final Counter dropped;

  private ClientMeters(Key key) {
    this.key = key;
    registry = key.registry();
    tags = Tags.of("client", key.tag());
    downtime =
        Timer.builder("respoke.client.reconnect.downtime")
            .description("How long connections that came back were gone")
            .tags(tags)
            .register(registry);
    received = messages("received", "private");
    receivedInGroups = messages("received", "group");
    sent = messages("sent", "private");
    sentToGroups = messages("sent", "group");
    incoming = calls("incoming");
    outgoing = calls("outgoing");
    dropped =
        Counter.builder("respoke.client.event.dropped")
            .description("Events dropped because listeners were too slow")
            .tags(tags)
            .register(registry);
    for (ConnectionState state : ConnectionState.values()) {
      if (state != ConnectionState.CLOSED) {
        gauge(
            "connections", "Clients in a state", tags.and("state", word(state)), c -> is(c, state));
      }
    }
    gauge(
        "request.pending",
        "Requests that wait for an answer",
        tags,
        c -> c.inspect().pendingRequests());
    gauge(
        "event.waiting", "Events that wait for listeners", tags, c -> c.inspect().waitingEvents());
    gauge("call.active", "Calls that have not ended", tags, c -> c.calls().size());
  }

  private static int is(Client client, ConnectionState state) {
    return client.state() == state ? 1 : 0;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Counter messages(String direction, String kind) {
    return Counter.builder("respoke.client.message." + direction)
        .description("Messages " + direction)
        .tags(tags.and("kind", kind))
        .register(registry);
  }

  private Counter calls(String direction) {
    return Counter.builder("respoke.client.call.started")
        .description("Calls that have begun")
        .tags(tags.and("direction", direction))
        .register(registry);
  }

  private void gauge(String name, String description, Tags with, ToIntFunction<Client> value) {
    gauges.add(
        Gauge.builder(
                "respoke.client." + name,
                this,
                meters -> meters.clients.stream().mapToInt(value).sum())
            .description(description)
            .tags(with)
            .register(registry));
  }

  /** The meters for a client, which counts from now on. */
  static ClientMeters join(MeterRegistry registry, String tag, Client client) {
    synchronized (ALL) {
      ClientMeters meters = ALL.computeIfAbsent(new Key(registry, tag), ClientMeters::new);
      meters.clients.add(client);
      return meters;
    }
  }

  /** Counts a client no more; after the last one nothing is held of them or of the registry. */
  void leave(Client client) {
    synchronized (ALL) {
      clients.remove(client);
      if (clients.isEmpty() && ALL.remove(key, this)) {
        gauges.forEach(registry::remove);
      }
    }
  }

  void reconnected(Duration gone) {
    downtime.record(gone);
  }

  void requestEnded(String method, String route, Outcome outcome, Duration latency) {
    requests
        .computeIfAbsent(new Request(method, bounded(route), outcome), this::timer)
        .record(latency);
  }

  private String bounded(String route) {
    if (routes.contains(route)) {
      return route;
    }
    return routes.size() < ROUTES && routes.add(route) ? route : "other";
  }

  private Timer timer(Request request) {
    return Timer.builder("respoke.client.request.duration")
        .description("From a request to its end")
        .tags(
            tags.and(
                "method", request.method(),
                "route", request.route(),
                "outcome", word(request.outcome())))
        .register(registry);
  }

  void messageReceived(boolean inGroup) {
    (inGroup ? receivedInGroups : received).increment();
  }

  void messageSent(boolean inGroup) {
    (inGroup ? sentToGroups : sent).increment();
  }

  void callStarted(boolean fromOthers) {
    (fromOthers ? incoming : outgoing).increment();
  }

  void callEnded(boolean fromOthers, HangupReason reason, Duration connected) {
    calls.computeIfAbsent(new End(fromOthers, reason), this::timer).record(connected);
  }

  private Timer timer(End end) {
    return Timer.builder("respoke.client.call.duration")
        .description("How long calls that are over were connected")
        .tags(
            tags.and(
                "direction",
                end.incoming() ? "incoming" : "outgoing",
                "reason",
                word(end.reason())))
        .register(registry);
  }

  void eventsDropped(long count) {
    dropped.increment((double) count);
  }
}
