package io.respoke.webrtc;

import io.respoke.media.MediaStats;
import io.respoke.media.MediaStats.Path;
import io.respoke.media.MediaStats.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the SPI's figures out of standard WebRTC statistics, and remembers the sample before. Not
 * safe for use by several threads.
 */
final class StatsReader {
  /** One object of a report. */
  record Entry(String type, String id, Map<String, Object> values) {
    private String text(String name) {
      return values.get(name) instanceof String text ? text : "";
    }

    private long number(String name) {
      return values.get(name) instanceof Number number ? number.longValue() : 0;
    }
  }

  private final Map<String, long[]> before = new HashMap<>();
  private @Nullable Instant last;

  MediaStats read(Instant now, Collection<Entry> entries) {
    Map<String, Entry> byId = new HashMap<>();
    entries.forEach(entry -> byId.put(entry.id(), entry));
    Instant previous = last;
    last = now;
    return new MediaStats(
        now,
        previous == null ? Duration.ZERO : Duration.between(previous, now),
        path(entries, byId),
        stream(entries, byId, "OUTBOUND_RTP", "audio"),
        stream(entries, byId, "INBOUND_RTP", "audio"),
        stream(entries, byId, "OUTBOUND_RTP", "video"),
        stream(entries, byId, "INBOUND_RTP", "video"));
  }

  private static Optional<Path> path(Collection<Entry> entries, Map<String, Entry> byId) {
    for (Entry transport : entries) {
      Entry pair = byId.get(transport.text("selectedCandidatePairId"));
      if (!transport.type().equals("TRANSPORT") || pair == null) {
        continue;
      }
      Entry local = byId.get(pair.text("localCandidateId"));
      Entry remote = byId.get(pair.text("remoteCandidateId"));
      if (local != null && remote != null) {
        return Optional.of(
            new Path(
                host(local),
                host(remote),
                local.text("candidateType"),
                remote.text("candidateType"),
                local.text("protocol"),
                pair.values().get("currentRoundTripTime") instanceof Number seconds
                    ? Optional.of(Duration.ofNanos((long) (seconds.doubleValue() * 1e9)))
                    : Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private static String host(Entry candidate) {
    String address = candidate.text("address");
    if (address.isEmpty()) {
      address = candidate.text("ip");
    }
    return (address.indexOf(':') >= 0 ? "[" + address + "]" : address)
        + ":"
        + candidate.number("port");
  }

  private Optional<Stream> stream(
      Collection<Entry> entries, Map<String, Entry> byId, String type, String kind) {
    boolean sent = type.equals("OUTBOUND_RTP");
    long bytes = 0;
    long packets = 0;
    long lost = 0;
    String codec = "";
    Double level = null;
    boolean found = false;
    for (Entry entry : entries) {
      if (!entry.type().equals(type) || !entry.text("kind").equals(kind)) {
        continue;
      }
      found = true;
      bytes += entry.number(sent ? "bytesSent" : "bytesReceived");
      packets += entry.number(sent ? "packetsSent" : "packetsReceived");
      lost += Math.max(0, entry.number("packetsLost"));
      Entry named = byId.get(entry.text("codecId"));
      if (named != null) {
        String mimeType = named.text("mimeType");
        codec = mimeType.substring(mimeType.indexOf('/') + 1);
      }
      Entry levelled = sent ? byId.get(entry.text("mediaSourceId")) : entry;
      if (levelled != null && levelled.values().get("audioLevel") instanceof Number value) {
        level = value.doubleValue();
      }
    }
    if (!found) {
      return Optional.empty();
    }
    long[] was = before.put(type + kind, new long[] {bytes, packets});
    return Optional.of(
        new Stream(
            codec,
            Optional.ofNullable(level),
            bytes,
            packets,
            bytes - (was == null ? 0 : was[0]),
            packets - (was == null ? 0 : was[1]),
            lost));
  }
}
