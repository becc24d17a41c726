package io.respoke.media;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Figures of a call at one moment, in the shape of respoke.js's statistics, from standard WebRTC
 * statistics.
 *
 * @param timestamp when they were taken
 * @param period the time since the sample before; zero for the first one
 * @param connection the path, once there is one
 * @param localAudio audio sent
 * @param remoteAudio audio received
 * @param localVideo video sent
 * @param remoteVideo video received
 */
public record MediaStats(
    Instant timestamp,
    Duration period,
    Optional<Path> connection,
    Optional<Stream> localAudio,
    Optional<Stream> remoteAudio,
    Optional<Stream> localVideo,
    Optional<Stream> remoteVideo) {

  /**
   * The path media takes.
   *
   * @param localHost own address and port
   * @param remoteHost the other side's
   * @param localPath {@code host}, {@code srflx}, {@code prflx} or {@code relay}
   * @param remotePath as {@code localPath}
   * @param transport {@code udp} or {@code tcp}
   * @param roundTrip measured by ICE, once known
   */
  public record Path(
      String localHost,
      String remoteHost,
      String localPath,
      String remotePath,
      String transport,
      Optional<Duration> roundTrip) {}

  /**
   * One kind of media in one direction.
   *
   * @param codec its name, for example {@code opus}; empty when not known yet
   * @param audioLevel 0 to 1; audio only
   * @param totalBytes payload bytes since the start
   * @param totalPackets packets since the start
   * @param periodBytes payload bytes in the period
   * @param periodPackets packets in the period
   * @param packetsLost packets that never came; received media only
   */
  public record Stream(
      String codec,
      Optional<Double> audioLevel,
      long totalBytes,
      long totalPackets,
      long periodBytes,
      long periodPackets,
      long packetsLost) {}
}
