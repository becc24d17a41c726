/**
 * The Respoke wire as values: frames, requests, answers, events, and their text forms. No I/O, no
 * threads, no time.
 */
module io.respoke.protocol {
  requires transitive jakarta.json;
  requires static transitive org.jspecify;

  exports io.respoke.protocol;
}
