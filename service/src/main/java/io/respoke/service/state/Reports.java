package io.respoke.service.state;

import io.respoke.protocol.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last documents of one kind that clients posted; older ones are dropped. */
public final class Reports {
  private static final int LIMIT = 100;

  private final Deque<JsonObject> kept = new ArrayDeque<>();

  /** Keeps a document. */
  public void add(JsonObject document) {
    kept.addLast(document);
    if (kept.size() > LIMIT) {
      kept.removeFirst();
    }
  }

  /** All that are kept, oldest first. */
  public JsonArray toJson() {
    JsonArrayBuilder out = Json.array();
    kept.forEach(out::add);
    return out.build();
  }
}
