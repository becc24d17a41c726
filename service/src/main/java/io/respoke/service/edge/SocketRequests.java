package io.respoke.service.edge;

import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiRequestCodec;
import io.respoke.protocol.Frame;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.MalformedFrameException;
import io.respoke.protocol.MalformedRequestException;
import io.respoke.protocol.Wire;
import io.respoke.service.routes.Authenticator;
import io.respoke.service.routes.Credentials;
import io.respoke.service.routes.Dispatcher;
import io.respoke.service.routes.PathText;
import io.respoke.service.routes.Reply;
import io.respoke.service.routes.Request;
import io.respoke.service.state.Ids;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of a socket: requests are answered with acks, the rest is bookkeeping. */
final class SocketRequests {
  private static final System.Logger LOG = System.getLogger(SocketRequests.class.getName());

  private final Authenticator authenticator;
  private final Dispatcher dispatcher;
  private final Timers timers;

  SocketRequests(Authenticator authenticator, Dispatcher dispatcher, Timers timers) {
    this.authenticator = authenticator;
    this.dispatcher = dispatcher;
    this.timers = timers;
  }

  /** Takes one text message. */
  void received(SocketSession socket, String text) {
    Frame frame;
    try {
      frame = FrameCodec.decode(text);
    } catch (MalformedFrameException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "ignored: " + e.getMessage());
      return;
    }
    socket.heard(frame instanceof Frame.Heartbeat);
    if (frame instanceof Frame.Event event) {
      event(socket, event, text);
    } else if (frame instanceof Frame.Disconnect) {
      socket.leave();
    } else if (frame instanceof Frame.Message message) {
      acknowledge(socket, message.id());
    } else if (frame instanceof Frame.JsonMessage message) {
      acknowledge(socket, message.id());
    }
  }

  private void event(SocketSession socket, Frame.Event event, String text) {
    ApiRequest api;
    try {
      api = ApiRequestCodec.decode(event);
    } catch (MalformedRequestException e) {
      reply(socket, event.id(), refuse(socket, event.name(), e));
      return;
    }
    Credentials given = Credentials.ofHeaders(api::header);
    long now = timers.now();
    int question = api.path().indexOf('?');
    Request request =
        new Request(
            api.method(),
            question < 0 ? api.path() : api.path().substring(0, question),
            question < 0
                ? JsonValue.EMPTY_JSON_OBJECT
                : PathText.parameters(api.path().substring(question + 1)),
            api.data() == null ? JsonValue.EMPTY_JSON_OBJECT : api.data(),
            authenticator.caller(given.isEmpty() ? socket.credentials() : given, now),
            socket,
            socket.sdk(),
            socket.remoteAddress(),
            Ids.request(),
            now,
            List.of());
    dispatcher.dispatch(
        request, tooLarge(text, api.data()), reply -> reply(socket, event.id(), reply));
  }

  private Reply refuse(SocketSession socket, String event, MalformedRequestException e) {
    long now = timers.now();
    Request request =
        new Request(
            event,
            "/",
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_OBJECT,
            authenticator.caller(socket.credentials(), now),
            socket,
            socket.sdk(),
            socket.remoteAddress(),
            Ids.request(),
            now,
            List.of());
    return dispatcher.refuse(request, 400, "Not a request: " + e.getMessage());
  }

  /** Measures the data only when the whole frame could be over the limit. */
  private static boolean tooLarge(String text, @Nullable JsonObject data) {
    if (data == null || Wire.utf8Length(text) <= Wire.SERVICE_BODY_LIMIT) {
      return false;
    }
    return Wire.utf8Length(data.toString()) > Wire.SERVICE_BODY_LIMIT;
  }

  private static void reply(SocketSession socket, Frame.@Nullable Id id, Reply reply) {
    if (id != null && id.withData()) {
      socket.send(AckText.of(reply.response(), id.number(), socket.ackForm()));
    } else {
      acknowledge(socket, id);
    }
    if (reply.afterwards() != null) {
      reply.afterwards().run();
    }
  }

  private static void acknowledge(SocketSession socket, Frame.@Nullable Id id) {
    if (id != null && !id.withData()) {
      socket.send(FrameCodec.encode(new Frame.Ack("", id.number(), JsonValue.EMPTY_JSON_ARRAY)));
    }
  }
}
