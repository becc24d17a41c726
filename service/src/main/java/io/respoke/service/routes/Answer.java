package io.respoke.service.routes;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers.
 *
 * @param status the HTTP status; 200 for every success, because the real clients take nothing else
 * @param body an object or an array, never anything else (protocol-wire §3.5)
 * @param afterwards what to do once the answer is in the caller's queue, or {@code null}
 * @param headers more headers than every answer has
 * @param later gives the answer when it is known, on the event loop; the rest then means nothing.
 *     {@code null} when this is the answer
 */
public record Answer(
    int status,
    JsonValue body,
    @Nullable Runnable afterwards,
    Map<String, String> headers,
    @Nullable CompletionStage<Answer> later) {
  private static final JsonObject SUCCESS = Json.object().add("message", "Success").build();
  private static final JsonObject SENT = Json.object().add("message", "success").build();

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** An answer with no headers of its own. */
  public Answer(int status, JsonValue body, @Nullable Runnable afterwards) {
    this(status, body, afterwards, Map.of(), null);
  }

  /** A success with something to say. */
  public static Answer of(JsonValue body) {
    return new Answer(200, body, null);
  }

  /** A success with nothing to say. */
  public static Answer success() {
    return of(SUCCESS);
  }

  /** A message was taken; spelled as the hosted service did. */
  public static Answer sent() {
    return of(SENT);
  }

  /** A failure; the text is what a client shows. */
  public static Answer error(int status, String error) {
    return new Answer(status, Json.object().add("error", error).build(), null);
  }

  /** Parameters are missing (protocol-wire §4.5). */
  public static Answer missing(List<String> parameters) {
    JsonObjectBuilder errors = Json.object();
    for (String parameter : parameters) {
      errors.add(parameter, Json.array().add(parameter + " is a missing required parameter."));
    }
    return new Answer(
        400,
        Json.object().add("error", "Validation Error.").add("validationErrors", errors).build(),
        null);
  }

  /**
   * The answer comes later. A stage that fails with {@link Refused} is refused.
   *
   * @param stage completes on the event loop
   */
  public static Answer after(CompletionStage<Answer> stage) {
    CompletableFuture<Answer> known = stage.toCompletableFuture();
    return known.isDone() && !known.isCompletedExceptionally()
        ? known.join()
        : new Answer(0, JsonValue.EMPTY_JSON_OBJECT, null, Map.of(), stage);
  }

  /** The same with something to do afterwards. */
  public Answer then(Runnable action) {
    return later == null
        ? new Answer(status, body, action, headers, null)
        : after(later.thenApply(answer -> answer.then(action)));
  }

  /** The same with one more header. */
  Answer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, body, afterwards, more, later);
  }
}
