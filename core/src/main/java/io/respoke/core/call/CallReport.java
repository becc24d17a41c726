package io.respoke.core.call;

import io.respoke.protocol.Candidate;
import io.respoke.protocol.Json;
import io.respoke.protocol.Signal;
import io.respoke.protocol.Wire;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one call, in the form of respoke.js's debug report (protocol-calls §6.3). Of
 * much only the newest is kept, and of that what fits into one request. Pure.
 */
final class CallReport {
  /** One end of the call. */
  record Party(@Nullable String endpointId, @Nullable String connectionId) {}

  private static final int DESCRIPTIONS = 8;
  private static final int CANDIDATES = 100;

  private final CallIdentity identity;
  private final long startedMillis;
  private final String os;
  private final Deque<JsonObject> sdpsSent = new ArrayDeque<>();
  private final Deque<JsonObject> sdpsReceived = new ArrayDeque<>();
  private final Deque<JsonObject> candidatesSent = new ArrayDeque<>();
  private final Deque<JsonObject> candidatesReceived = new ArrayDeque<>();
  private @Nullable String lastSdp;
  private boolean truncated;

  /**
   * An empty report.
   *
   * @param os the operating system
   */
  CallReport(CallIdentity identity, long startedMillis, String os) {
    this.identity = identity;
    this.startedMillis = startedMillis;
    this.os = os;
  }

  void sent(Signal signal) {
    add(signal, sdpsSent, candidatesSent);
  }

  void received(Signal signal) {
    add(signal, sdpsReceived, candidatesReceived);
  }

  private void add(Signal signal, Deque<JsonObject> sdps, Deque<JsonObject> candidates) {
    if (signal instanceof Signal.Offer offer) {
      describe("offer", offer.sdp(), sdps);
    } else if (signal instanceof Signal.Answer answer) {
      describe("answer", answer.sdp(), sdps);
    } else if (signal instanceof Signal.IceCandidates found) {
      for (Candidate candidate : found.candidates()) {
        keep(candidate.toJson(), candidates, CANDIDATES);
      }
    }
  }

  private void describe(String type, @Nullable String sdp, Deque<JsonObject> sdps) {
    if (sdp != null) {
      lastSdp = sdp;
      keep(Json.object().add("type", type).add("sdp", sdp).build(), sdps, DESCRIPTIONS);
    }
  }

  private void keep(JsonObject entry, Deque<JsonObject> list, int limit) {
    if (list.size() >= limit) {
      list.poll();
      truncated = true;
    }
    list.add(entry);
  }

  /** The body of the request, of at most {@link Wire#BODY_LIMIT} bytes. */
  JsonObject toJson(Party own, Party other, long stoppedMillis, String reason) {
    JsonObject json = json(own, other, stoppedMillis, reason);
    while (size(json) > Wire.BODY_LIMIT) {
      truncated = true;
      if (!shorten()) {
        break;
      }
      json = json(own, other, stoppedMillis, reason);
    }
    return json;
  }

  /** Leaves out the largest thing that matters least. False when nothing is left. */
  private boolean shorten() {
    if (sdpsSent.size() + sdpsReceived.size() > 2) {
      (sdpsSent.size() > sdpsReceived.size() ? sdpsSent : sdpsReceived).poll();
    } else if (lastSdp != null) {
      lastSdp = null; // it is one of the two
    } else if (candidatesSent.size() + candidatesReceived.size() > 0) {
      (candidatesSent.size() > candidatesReceived.size() ? candidatesSent : candidatesReceived)
          .poll();
    } else {
      return sdpsSent.poll() != null || sdpsReceived.poll() != null;
    }
    return true;
  }

  private static int size(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private JsonObject json(Party own, Party other, long stoppedMillis, String reason) {
    JsonObjectBuilder report =
        Json.object()
            .add("sessionId", identity.sessionId())
            .add("callStarted", startedMillis)
            .add("callStopped", stoppedMillis)
            .add("callStoppedReason", reason)
            .add("sdpsSent", array(sdpsSent))
            .add("sdpsReceived", array(sdpsReceived))
            .add("candidatesSent", array(candidatesSent))
            .add("candidatesReceived", array(candidatesReceived))
            .add("userAgent", "respoke-jvm")
            .add("os", os);
    party(report, "caller", identity.caller() ? own : other);
    party(report, "callee", identity.caller() ? other : own);
    if (lastSdp != null) {
      report.add("lastSDPString", lastSdp);
    }
    if (truncated) {
      report.add("truncated", true);
    }
    return Json.object().add("debugData", Json.object().add("report", report)).build();
  }

  private static void party(JsonObjectBuilder report, String role, Party party) {
    if (party.endpointId() != null) {
      report.add(role + "endpoint", party.endpointId());
    }
    if (party.connectionId() != null) {
      report.add(role + "connection", party.connectionId());
    }
  }

  private static JsonArrayBuilder array(Deque<JsonObject> entries) {
    JsonArrayBuilder array = Json.array();
    entries.forEach(array::add);
    return array;
  }
}
