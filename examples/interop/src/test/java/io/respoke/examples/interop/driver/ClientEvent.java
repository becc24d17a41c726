package io.respoke.examples.interop.driver;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;

/**
 * An event that a JavaScript client fired.
 *
 * @param name as the driver spells it
 * @param data what came with it; empty if nothing, and {@code {"value": …}} if not an object
 */
public record ClientEvent(String name, JsonObject data) {
  /** The member {@code key} as text, or {@code null}. */
  public String text(String key) {
    return Json.text(data, key);
  }
}
