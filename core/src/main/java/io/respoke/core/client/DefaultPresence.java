package io.respoke.core.client;

import io.respoke.Presence;
import io.respoke.core.json.JsonBinding;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A presence value. */
final class DefaultPresence implements Presence {
  private final JsonBinding binding;
  private final JsonValue json;
  private final @Nullable JsonValue status;
  private final @Nullable JsonValue show;

  DefaultPresence(
      JsonBinding binding, JsonValue json, @Nullable JsonValue status, @Nullable JsonValue show) {
    this.binding = binding;
    this.json = json;
    this.status = status;
    this.show = show;
  }

  @Override
  public JsonValue json() {
    return json;
  }

  @Override
  public String text() {
    return JsonBinding.text(json);
  }

  @Override
  public <T> T as(Class<T> type) {
    return binding.bind(json, type);
  }

  @Override
  public Object as(Type type) {
    return binding.fromJson(json, type);
  }

  @Override
  public Optional<JsonValue> status() {
    return Optional.ofNullable(status);
  }

  @Override
  public Optional<JsonValue> show() {
    return Optional.ofNullable(show);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Presence p
        && json.equals(p.json())
        && status().equals(p.status())
        && show().equals(p.show());
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return "Presence[" + text() + "]";
  }
}
