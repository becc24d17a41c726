package io.respoke.service.routes;

import io.respoke.protocol.AsteriskSdp;
import io.respoke.protocol.Candidate;
import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedSignalException;
import io.respoke.protocol.ServerEvent;
import io.respoke.protocol.Signal;
import io.respoke.protocol.SignalCodec;
import io.respoke.service.state.CandidateHold;
import io.respoke.service.state.Connection;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives signals to connections, each in the form it can take. For Asterisk that means waiting: its
 * description must hold all candidates, so offers and answers are held until those have come.
 */
final class SignalDelivery {
  private static final int LIMIT = 10_000;
  private static final long FORGET_MILLIS = 120_000;

  /**
   * A signal to be given.
   *
   * @param type its type
   * @param sessionId its session, or {@code null} when it names none
   * @param raw as it came
   * @param text the same with its description as text
   */
  record Parcel(String type, @Nullable String sessionId, JsonObject raw, JsonObject text) {
    static Parcel of(String type, String sessionId, JsonObject body) {
      return new Parcel(type, sessionId, body, body);
    }
  }

  private record Key(String connectionId, String sessionId) {}

  private static final class Held {
    final Connection recipient;
    final CandidateHold hold;
    EventHeader header;
    JsonObject body;

    Held(Connection recipient, EventHeader header, JsonObject body, long now) {
      this.recipient = recipient;
      this.header = header;
      this.body = body;
      this.hold = new CandidateHold(now);
    }
  }

  private final Map<Key, Held> held = new LinkedHashMap<>();

  /** Sends to all of them but one. */
  void send(
      Collection<Connection> recipients,
      @Nullable Connection except,
      EventHeader header,
      Parcel parcel,
      long now) {
    String frame = null;
    for (Connection recipient : recipients) {
      if (recipient == except) {
        continue;
      }
      if (asterisk(recipient)) {
        toAsterisk(recipient, header, parcel, now);
      } else if (!recipient.traits().status()
          && (parcel.type().equals("status") || parcel.type().equals("error"))) {
        JsonObject instead = SignalBodies.withoutStatus(parcel.raw(), parcel.type());
        if (instead != null) {
          recipient.send(frame(header, instead));
        }
      } else {
        if (frame == null) {
          frame = frame(header, parcel.text());
        }
        recipient.send(frame);
      }
    }
  }

  static boolean asterisk(Connection connection) {
    return connection.traits().asterisk();
  }

  private static String frame(EventHeader header, JsonObject body) {
    return Events.encode(new ServerEvent.Signal(header, body));
  }

  private void toAsterisk(Connection recipient, EventHeader header, Parcel parcel, long now) {
    String sessionId = parcel.sessionId();
    JsonObject body = parcel.raw();
    if (sessionId == null) {
      recipient.send(frame(header, body));
      return;
    }
    Key key = new Key(recipient.id(), sessionId);
    switch (parcel.type()) {
      case "offer", "answer" -> {
        String sdp = SignalBodies.sdp(body);
        if (sdp == null || body.containsKey("parsedSDP")) {
          recipient.send(frame(header, body));
          return;
        }
        Held waiting = hold(key, recipient, header, body, now);
        if (!waiting.hold.released()) {
          waiting.header = header;
          waiting.body = body;
          waiting.hold.hold(sdp, now);
          release(waiting, now);
        }
      }
      case "iceCandidates" -> {
        Held waiting = hold(key, recipient, header, body, now);
        try {
          if (SignalCodec.decode(body) instanceof Signal.IceCandidates ice) {
            waiting.hold.add(ice.candidates(), ice.finalCandidates(), now);
            release(waiting, now);
          }
        } catch (MalformedSignalException e) {
          // Nothing in it to fold in; Asterisk would not read it either.
          return;
        }
      }
      case "bye" -> {
        Held waiting = held.remove(key);
        boolean knowsNothing =
            waiting != null
                && !waiting.hold.released()
                && "offer".equals(Json.text(waiting.body, "signalType"));
        if (!knowsNothing) {
          recipient.send(frame(header, body));
        }
      }
      default -> recipient.send(frame(header, body));
    }
  }

  private Held hold(Key key, Connection recipient, EventHeader header, JsonObject body, long now) {
    Held waiting = held.get(key);
    if (waiting == null) {
      waiting = new Held(recipient, header, body, now);
      held.put(key, waiting);
      if (held.size() > LIMIT) {
        Iterator<Held> oldest = held.values().iterator();
        Held first = oldest.next();
        oldest.remove();
        release(first, Long.MAX_VALUE);
      }
    }
    return waiting;
  }

  private static void release(Held waiting, long now) {
    String sdp = waiting.hold.sdp();
    if (sdp == null || !waiting.hold.due(now)) {
      return;
    }
    waiting.hold.release();
    List<Candidate> candidates = waiting.hold.candidates();
    JsonObject body;
    try {
      body =
          Json.object(waiting.body)
              .remove("sessionDescription")
              .add("parsedSDP", AsteriskSdp.forAsterisk(sdp, candidates))
              .build();
    } catch (MalformedSignalException e) {
      // It was not checked when it came: Asterisk refuses what it cannot read, and says so.
      body = waiting.body;
    }
    waiting.recipient.send(frame(waiting.header, body));
  }

  /** Lets go what has waited long enough, and forgets what has long gone. */
  void tick(long now) {
    held.values().forEach(waiting -> release(waiting, now));
    held.values().removeIf(waiting -> now - waiting.hold.heard() > FORGET_MILLIS);
  }
}
