package io.respoke.examples.interop.driver;

import jakarta.json.JsonArray;

/**
 * An instance of respoke-admin on Node. Operations are paths into its API ({@code auth.endpoint},
 * {@code groups.publish}, …); events are those it emits.
 */
public final class NodeAdmin extends JavaScriptClient {
  NodeAdmin(Driver driver, String target, Object... options) {
    super(driver, target);
    call("new", options);
  }

  /** Observes the presence of {@code endpoints}; the answer is what the service said. */
  public JsonArray observe(JsonArray endpoints) {
    return call("presence.observe", "list", endpoints).asJsonArray();
  }

  void close() {
    call("close");
    forget();
  }
}
