package io.respoke.protocol;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Descriptions as webrtc-java writes them, and one in the form of Asterisk. */
final class SdpSamples {
  static final List<String> NAMES =
      List.of(
          "audio-answer-full",
          "audio-answer-trickle",
          "audio-offer-full",
          "audio-offer-trickle",
          "audio-video-answer-full",
          "audio-video-answer-trickle",
          "audio-video-data-answer-full",
          "audio-video-data-answer-trickle",
          "audio-video-data-offer-full",
          "audio-video-data-offer-trickle",
          "audio-video-offer-full",
          "audio-video-offer-trickle",
          "data-answer-full",
          "data-answer-trickle",
          "data-offer-full",
          "data-offer-trickle");

  private SdpSamples() {}

  static String text(String name) {
    return read("webrtc-java-" + name + ".sdp");
  }

  static JsonObject asterisk() {
    return Json.parseObject(read("asterisk-offer.json"));
  }

  private static String read(String file) {
    try (InputStream in = SdpSamples.class.getResourceAsStream("/sdp/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
