package io.respoke.protocol;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Recorded traffic of respoke.js 1.56.0. */
final class Transcripts {
  private static final List<String> NAMES =
      List.of(
          "audiocall",
          "connect",
          "direct",
          "group",
          "hangupearly",
          "message",
          "multiring",
          "presence",
          "reconnect",
          "reject",
          "token",
          "tones",
          "videocall");

  private Transcripts() {}

  /**
   * One recorded frame.
   *
   * @param fromClient whether the client sent it; else the service did
   * @param parsed the recorder's own reading of the frame
   */
  record Line(String transcript, boolean fromClient, String text, JsonObject parsed) {
    @Override
    public String toString() {
      return transcript
          + (fromClient ? " > " : " < ")
          + text.substring(0, Math.min(60, text.length()));
    }
  }

  /** Every frame that is not empty (an empty one records the end of the socket). */
  static List<Line> frames() {
    return NAMES.stream()
        .flatMap(Transcripts::lines)
        .filter(line -> !line.text().isEmpty())
        .toList();
  }

  /** The data of every {@code POST /v1/signaling} of the client. */
  static List<JsonObject> signalRequests() {
    return frames().stream()
        .filter(line -> line.fromClient() && line.text().startsWith("5"))
        .map(line -> ApiRequestCodec.decode((Frame.Event) FrameCodec.decode(line.text())))
        .filter(request -> request.path().equals(Paths.SIGNALING))
        .map(request -> Objects.requireNonNull(request.data()))
        .toList();
  }

  /** Every signal of the client. */
  static List<JsonObject> signals() {
    return signalRequests().stream()
        .map(data -> Json.parseObject(data.getString("signal")))
        .toList();
  }

  private static Stream<Line> lines(String name) {
    String file = "/transcripts/1.56.0-" + name + ".jsonl";
    try (InputStream in = Transcripts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isEmpty())
          .map(Json::parseObject)
          .filter(line -> "frame".equals(line.getString("kind")))
          .map(
              line ->
                  new Line(
                      name,
                      "c2s".equals(line.getString("dir")),
                      line.getString("raw"),
                      line.getJsonObject("parsed")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
