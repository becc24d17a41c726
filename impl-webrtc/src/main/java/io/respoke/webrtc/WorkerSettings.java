package io.respoke.webrtc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How worker processes are run.
 *
 * @param java the program that runs them
 * @param options its options
 * @param startTimeout how long one may take until it is ready
 * @param heartbeat how often each is asked whether it lives
 * @param patience how long it may be silent
 * @param sessions how many it may have at a time
 * @param closedSessions after how many it is replaced: each leaves some memory behind
 * @param residentBytes with how much memory it is replaced
 */
record WorkerSettings(
    Path java,
    List<String> options,
    Duration startTimeout,
    Duration heartbeat,
    Duration patience,
    int sessions,
    int closedSessions,
    long residentBytes) {
  static WorkerSettings defaults() {
    return new WorkerSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        // Frames die young: a small nursery keeps what a call costs near what native code takes.
        List.of("-Xms16m", "-Xmn8m", "-Xmx256m", "-XX:+UseSerialGC"),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        50,
        1000,
        1L << 30);
  }
}
