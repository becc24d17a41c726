package io.respoke;

import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * An app.
 *
 * @param id its id
 * @param name its name
 * @param description what it is for; may be empty
 * @param developmentMode whether clients may mint their own tokens
 * @param secret its secret, where the caller may see it; never shown by {@code toString}
 * @param json everything the service said
 */
public record App(
    String id,
    String name,
    String description,
    boolean developmentMode,
    Optional<String> secret,
    JsonObject json) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "App[id=" + id + ", name=" + name + ", developmentMode=" + developmentMode + "]";
  }
}
