package io.respoke;

import io.respoke.event.RespokeEvent;
import io.respoke.media.MediaStats;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A peer-to-peer data channel: ordered and reliable, past the service.
 *
 * <p>Safe for use by any thread; nothing blocks. Stages are completed on the client's callback
 * executor. What is not possible in the present state fails with a {@link MediaException}.
 */
public interface DirectConnection {
  /** The largest message in bytes, text as UTF-8. The mobile SDKs take 16 KiB safely. */
  int MAX_MESSAGE_BYTES = 262_144;

  /** The session id, made by the side that offers. */
  String id();

  /** The client. */
  Client client();

  /** Whether this side offers. */
  boolean isOutgoing();

  /** The other side. */
  Endpoint endpoint();

  /** The other side's connection, once known. */
  Optional<String> connectionId();

  /** What the offering side attached. */
  Optional<JsonValue> metadata();

  /** Where it is. */
  CallState state();

  /** Why it ended; empty before. */
  Optional<HangupReason> hangupReason();

  /** Takes an offered direct connection; {@link #opened()}. */
  default CompletionStage<DirectConnection> accept() {
    return accept(DirectConnectionOptions.defaults());
  }

  /** As {@link #accept()}, with options. */
  CompletionStage<DirectConnection> accept(DirectConnectionOptions options);

  /** Completed once data can be sent; fails with why it ended before. */
  CompletionStage<DirectConnection> opened();

  /** Refuses an offered direct connection. */
  CompletionStage<Void> reject();

  /** Ends it. What was not sent is lost. Never fails. */
  default CompletionStage<Void> close() {
    return close(null);
  }

  /**
   * As {@link #close()}, telling why.
   *
   * @param reason words for the other side, or {@code null}
   */
  CompletionStage<Void> close(@Nullable String reason);

  /**
   * Sends a message as respoke.js and the mobile SDKs do, as the text {@code {"message": …}}.
   *
   * @param message a string, a {@link JsonValue}, or anything JSON-B can bind; the mobile SDKs
   *     understand strings only
   * @return completed when the message has left this side's buffer. Fails with {@code TOO_LARGE}
   *     over {@link #MAX_MESSAGE_BYTES} and with {@code BACK_PRESSURE} when too much is waiting:
   *     wait for the stages of messages before
   */
  CompletionStage<Void> sendMessage(Object message);

  /** Sends an object as its JSON text, not wrapped; as {@link #sendMessage}. */
  CompletionStage<Void> sendObject(Object object);

  /** Sends bytes, which are copied; as {@link #sendMessage}. The mobile SDKs ignore bytes. */
  CompletionStage<Void> sendBytes(byte[] bytes);

  /** How many bytes wait to be sent. */
  long bufferedAmount();

  /** Figures of this moment. */
  CompletionStage<MediaStats> statistics();

  /** Listens to events of this direct connection only. */
  <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener);
}
