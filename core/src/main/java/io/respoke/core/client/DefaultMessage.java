package io.respoke.core.client;

import io.respoke.Endpoint;
import io.respoke.Group;
import io.respoke.Message;
import io.respoke.core.json.JsonBinding;
import io.respoke.protocol.EventHeader;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as it came. */
final class DefaultMessage implements Message {
  private final JsonBinding binding;
  private final JsonValue json;
  private final Endpoint sender;
  private final @Nullable Endpoint endpoint;
  private final @Nullable Group group;
  private final EventHeader header;
  private final Instant timestamp;
  private final boolean backfilled;

  DefaultMessage(
      JsonBinding binding,
      JsonValue json,
      Endpoint sender,
      @Nullable Endpoint endpoint,
      @Nullable Group group,
      EventHeader header,
      Instant timestamp,
      boolean backfilled) {
    this.binding = binding;
    this.json = json;
    this.sender = sender;
    this.endpoint = endpoint;
    this.group = group;
    this.header = header;
    this.timestamp = timestamp;
    this.backfilled = backfilled;
  }

  @Override
  public String text() {
    return JsonBinding.text(json);
  }

  @Override
  public JsonValue json() {
    return json;
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
  public String from() {
    return sender.id();
  }

  @Override
  public Endpoint sender() {
    return sender;
  }

  @Override
  public Optional<Endpoint> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  @Override
  public Optional<String> connectionId() {
    return Optional.ofNullable(header.fromConnection());
  }

  @Override
  public Optional<Group> group() {
    return Optional.ofNullable(group);
  }

  @Override
  public Instant timestamp() {
    return timestamp;
  }

  @Override
  public boolean isOwnCopy() {
    return header.toOriginal() != null;
  }

  @Override
  public Optional<String> originalRecipient() {
    return Optional.ofNullable(header.toOriginal());
  }

  @Override
  public boolean isBackfilled() {
    return backfilled;
  }

  @Override
  public Optional<String> requestId() {
    return Optional.ofNullable(header.requestId());
  }

  @Override
  public String toString() {
    return "Message[from=" + from() + ", timestamp=" + timestamp + "]";
  }
}
