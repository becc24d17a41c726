package io.respoke.core.scenario;

/** Signals as the service pushes them, from the first connection of whoever sends them. */
final class Pushed {
  private Pushed() {}

  static String offer(String from, String session, String target) {
    return signal(from, session, "offer", sdp("offer") + ",\"target\":\"" + target + "\"");
  }

  static String answer(String from, String session) {
    return signal(from, session, "answer", sdp("answer"));
  }

  static String bye(String from, String session) {
    return signal(from, session, "bye", "");
  }

  static String status(String from, String session, String word) {
    return signal(from, session, "status", ",\"status\":\"" + word + "\"");
  }

  private static String sdp(String type) {
    return ",\"sessionDescription\":{\"type\":\"" + type + "\",\"sdp\":\"v=0\"}";
  }

  private static String signal(String from, String session, String type, String more) {
    return """
    {"header":{"from":"%s","fromConnection":"%s-1"},"body":{"signalType":"%s",
    "sessionId":"%s"%s}}\
    """
        .formatted(from, from, type, session, more);
  }
}
