package io.respoke.core.call;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.Client;
import io.respoke.DirectConnection;
import io.respoke.DirectConnectionOptions;
import io.respoke.Endpoint;
import io.respoke.HangupReason;
import io.respoke.MediaException;
import io.respoke.Subscription;
import io.respoke.event.DirectConnectionClosed;
import io.respoke.event.DirectConnectionOpened;
import io.respoke.event.DirectConnectionStateChanged;
import io.respoke.event.DirectMessageReceived;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.event.RespokeEvent;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import io.respoke.spi.MediaSession;
import jakarta.json.JsonValue;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A direct connection as applications see it. */
final class DefaultDirectConnection implements DirectConnection, CallOutlet {
  private final CallHost host;
  private final CallIdentity identity;
  private final CallDriver driver;
  private final SessionEvents events;

  DefaultDirectConnection(CallDriver driver) {
    this.driver = driver;
    host = driver.host();
    identity = driver.identity();
    events = new SessionEvents(host, "directConnection", identity.sessionId(), identity.remoteId());
  }

  void start(DirectConnectionOptions options) {
    driver.start(MediaPlan.of(options), false);
  }

  @Override
  public String id() {
    return identity.sessionId();
  }

  @Override
  public Client client() {
    return host.client();
  }

  @Override
  public boolean isOutgoing() {
    return identity.caller();
  }

  @Override
  public Endpoint endpoint() {
    return host.endpoint(identity.remoteId());
  }

  @Override
  public Optional<String> connectionId() {
    return driver.peerConnection();
  }

  @Override
  public Optional<JsonValue> metadata() {
    return Optional.ofNullable(identity.metadata());
  }

  @Override
  public CallState state() {
    return driver.state();
  }

  @Override
  public Optional<HangupReason> hangupReason() {
    return driver.hangupReason();
  }

  @Override
  public CompletionStage<DirectConnection> accept(DirectConnectionOptions options) {
    if (identity.caller()) {
      return host.expose(
          CompletableFuture.failedFuture(
              new MediaException(
                  MediaException.Reason.WRONG_STATE,
                  "An outgoing direct connection is not accepted here")));
    }
    MediaPlan plan = MediaPlan.of(options);
    driver.answer(() -> plan, false);
    return opened();
  }

  @Override
  public CompletionStage<DirectConnection> opened() {
    return host.expose(driver.whenConnected().thenApply(done -> this));
  }

  @Override
  public CompletionStage<Void> reject() {
    return host.expose(driver.reject(null));
  }

  @Override
  public CompletionStage<Void> close(@Nullable String reason) {
    return host.expose(driver.hangup(reason));
  }

  @Override
  public CompletionStage<Void> sendMessage(Object message) {
    JsonValue json = host.binding().toJson(Objects.requireNonNull(message, "message"));
    return sendText(Json.object().add("message", json).build().toString());
  }

  @Override
  public CompletionStage<Void> sendObject(Object object) {
    return sendText(host.binding().toJson(Objects.requireNonNull(object, "object")).toString());
  }

  private CompletionStage<Void> sendText(String text) {
    int bytes = Wire.utf8Length(text);
    return bytes > MAX_MESSAGE_BYTES
        ? tooLarge(bytes)
        : host.expose(driver.operate(session -> session.sendText(text)));
  }

  @Override
  public CompletionStage<Void> sendBytes(byte[] bytes) {
    return bytes.length > MAX_MESSAGE_BYTES
        ? tooLarge(bytes.length)
        : host.expose(driver.operate(session -> session.sendBytes(bytes)));
  }

  private CompletionStage<Void> tooLarge(int bytes) {
    return host.expose(
        CompletableFuture.failedFuture(
            new MediaException(
                MediaException.Reason.TOO_LARGE,
                "A message of "
                    + bytes
                    + " bytes was not sent: "
                    + MAX_MESSAGE_BYTES
                    + " is the limit. Send it in parts")));
  }

  @Override
  public long bufferedAmount() {
    return driver.bufferedAmount();
  }

  @Override
  public CompletionStage<MediaStats> statistics() {
    return host.expose(driver.operate(MediaSession::statistics));
  }

  @Override
  public <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener) {
    return events.listen(type, listener);
  }

  // --- what happens

  @Override
  public void stateChanged(CallState oldState, CallState newState, @Nullable Throwable cause) {
    events.fire(
        new DirectConnectionStateChanged(
            client(), this, oldState, newState, Optional.ofNullable(cause)));
  }

  @Override
  public void ring() {
    events.fire(new IncomingDirectConnection(client(), this));
  }

  @Override
  public void mediaConnected() {
    events.fire(new DirectConnectionOpened(client(), this));
  }

  @Override
  public void text(String text) {
    if (events.isWanted(DirectMessageReceived.class)) {
      received(DefaultDirectMessage.of(host.binding(), text));
    }
  }

  @Override
  public void bytes(byte[] bytes) {
    if (events.isWanted(DirectMessageReceived.class)) {
      received(DefaultDirectMessage.of(host.binding(), bytes));
    }
  }

  private void received(DefaultDirectMessage message) {
    events.offer(new DirectMessageReceived(client(), this, message));
  }

  @Override
  public void problem(Throwable problem) {
    events.problem(problem);
  }

  @Override
  public void ended(HangupReason reason, @Nullable String text, @Nullable Throwable cause) {
    events.fire(
        new DirectConnectionClosed(
            client(), this, reason, Optional.ofNullable(text), Optional.ofNullable(cause)));
    events.end();
  }

  // What follows happens to calls only, or is said by the change of state.

  @Override
  public void localMedia() {}

  @Override
  public void preview() {}

  @Override
  public void approved() {}

  @Override
  public void answered() {}

  @Override
  public void progressed(CallStatus status) {}

  @Override
  public void remoteMedia(MediaKind kind, boolean first) {}

  @Override
  public void interrupted() {}

  @Override
  public void tone(String tone) {}

  @Override
  public String toString() {
    return "DirectConnection[" + id() + ", " + identity.remoteId() + ", " + state() + "]";
  }
}
