package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.media.MediaStats;
import io.respoke.webrtc.StatsReader.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static List<Entry> report(long bytes, long packets) {
    return List.of(
        new Entry("TRANSPORT", "T", Map.of("selectedCandidatePairId", "P")),
        new Entry(
            "CANDIDATE_PAIR",
            "P",
            Map.of(
                "localCandidateId", "L", "remoteCandidateId", "R", "currentRoundTripTime", 0.25)),
        new Entry(
            "LOCAL_CANDIDATE",
            "L",
            Map.of("address", "10.0.0.1", "port", 5, "candidateType", "host", "protocol", "udp")),
        new Entry(
            "REMOTE_CANDIDATE",
            "R",
            Map.of("ip", "fd00::2", "port", 6, "candidateType", "prflx", "protocol", "udp")),
        new Entry("CODEC", "C", Map.of("mimeType", "audio/opus")),
        new Entry("MEDIA_SOURCE", "S", Map.of("audioLevel", 0.5)),
        new Entry(
            "OUTBOUND_RTP",
            "O",
            Map.of(
                "kind",
                "audio",
                "codecId",
                "C",
                "mediaSourceId",
                "S",
                "bytesSent",
                bytes,
                "packetsSent",
                packets)),
        new Entry(
            "INBOUND_RTP",
            "I",
            Map.of("kind", "video", "bytesReceived", 7L, "packetsReceived", 3L, "packetsLost", 2)));
  }

  @Test
  void readsAReport() {
    MediaStats stats = new StatsReader().read(NOW, report(100, 10));
    assertEquals(NOW, stats.timestamp());
    assertEquals(Duration.ZERO, stats.period());
    assertEquals(
        Optional.of(
            new MediaStats.Path(
                "10.0.0.1:5",
                "[fd00::2]:6",
                "host",
                "prflx",
                "udp",
                Optional.of(Duration.ofMillis(250)))),
        stats.connection());
    assertEquals(
        Optional.of(new MediaStats.Stream("opus", Optional.of(0.5), 100, 10, 100, 10, 0)),
        stats.localAudio());
    assertEquals(
        Optional.of(new MediaStats.Stream("", Optional.empty(), 7, 3, 7, 3, 2)),
        stats.remoteVideo());
    assertEquals(Optional.empty(), stats.remoteAudio());
    assertEquals(Optional.empty(), stats.localVideo());
  }

  @Test
  void aPeriodCountsFromTheSampleBefore() {
    StatsReader reader = new StatsReader();
    reader.read(NOW, report(100, 10));
    MediaStats stats = reader.read(NOW.plusSeconds(5), report(150, 13));
    assertEquals(Duration.ofSeconds(5), stats.period());
    MediaStats.Stream audio = stats.localAudio().orElseThrow();
    assertEquals(150, audio.totalBytes());
    assertEquals(50, audio.periodBytes());
    assertEquals(3, audio.periodPackets());
    assertEquals(0, stats.remoteVideo().orElseThrow().periodBytes());
  }

  @Test
  void anEmptyReportIsNoError() {
    assertEquals(Optional.empty(), new StatsReader().read(NOW, List.of()).connection());
  }
}
