package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary values of the protocol, for properties. */
final class Values {
  private Values() {}

  /** Any text, lone surrogates and line separators among it. */
  static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(12),
        Arbitraries.strings()
            .withChars("\"\\/:+{}[],\u0000\n\u0085\u2028\u2029\ud83d\ude00é")
            .ofMaxLength(8));
  }

  /** A namespace: it ends at the next colon. */
  static Arbitrary<String> namespaces() {
    return Arbitraries.oneOf(
        Arbitraries.just(""), Arbitraries.strings().alpha().ofMaxLength(5).map(s -> '/' + s));
  }

  static Arbitrary<JsonValue> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(JsonValue.NULL, JsonValue.TRUE, JsonValue.FALSE),
        texts().map(Json::string),
        Arbitraries.longs().map(Json::number),
        Arbitraries.bigDecimals().map(number -> Json.parse(number.toString())));
  }

  static Arbitrary<JsonValue> json() {
    return Arbitraries.lazyOf(
        Values::scalars,
        Values::scalars,
        Values::scalars,
        () -> arrays().map(array -> array),
        () -> objects().map(object -> object));
  }

  static Arbitrary<JsonArray> arrays() {
    return Arbitraries.lazy(Values::json).list().ofMaxSize(3).map(Values::array);
  }

  static Arbitrary<JsonObject> objects() {
    return Arbitraries.maps(texts(), Arbitraries.lazy(Values::json))
        .ofMaxSize(3)
        .map(Values::object);
  }

  static JsonArray array(List<JsonValue> elements) {
    JsonArrayBuilder array = Json.array();
    elements.forEach(array::add);
    return array.build();
  }

  static JsonObject object(Map<String, JsonValue> members) {
    JsonObjectBuilder object = Json.object();
    members.forEach(object::add);
    return object.build();
  }

  static Arbitrary<Frame> frames() {
    Arbitrary<Frame.Id> ids =
        Combinators.combine(
                Arbitraries.longs().between(0, 999_999_999_999_999_999L),
                Arbitraries.of(true, false))
            .as(Frame.Id::new);
    Arbitrary<Frame.Id> maybeIds = ids.injectNull(0.3);
    return Arbitraries.oneOf(
        namespaces().map(Frame.Disconnect::new),
        Combinators.combine(namespaces(), texts()).as(Frame.Connect::new),
        namespaces().map(Frame.Heartbeat::new),
        Combinators.combine(maybeIds, namespaces(), texts()).as(Frame.Message::new),
        Combinators.combine(maybeIds, namespaces(), json()).as(Frame.JsonMessage::new),
        Combinators.combine(maybeIds, namespaces(), texts(), arrays()).as(Frame.Event::new),
        Combinators.combine(
                namespaces(), Arbitraries.longs().between(0, 999_999_999_999_999_999L), arrays())
            .as(Frame.Ack::new),
        Combinators.combine(namespaces(), texts().map(reason -> reason.replace("+", "")), texts())
            .as(Frame.Error::new),
        namespaces().map(Frame.Noop::new));
  }

  static Arbitrary<EventHeader> headers() {
    Arbitrary<String> text = texts().injectNull(0.3);
    return Combinators.combine(
            text.tuple4(), text.tuple4(), text, Arbitraries.longs().injectNull(0.3), text)
        .as(
            (a, b, channel, timestamp, requestId) ->
                new EventHeader(
                    a.get1(), a.get2(), a.get3(), a.get4(), b.get1(), b.get2(), b.get3(), b.get4(),
                    channel, timestamp, requestId));
  }

  static Arbitrary<ServerEvent> events() {
    return Arbitraries.oneOf(
        Combinators.combine(headers(), texts(), json())
            .as((header, from, body) -> new ServerEvent.Message(sentBy(header, from, "A"), body)),
        Combinators.combine(headers(), texts(), json())
            .as(
                (header, channel, message) ->
                    new ServerEvent.Pubsub(header.withChannel(channel), channel, message)),
        Combinators.combine(
                headers(), texts(), texts(), json(), json().injectNull(0.5), json().injectNull(0.5))
            .as(
                (header, from, connection, type, status, show) ->
                    new ServerEvent.Presence(
                        sentBy(header, from, connection), from, connection, type, status, show)),
        Combinators.combine(headers(), texts(), texts(), texts())
            .as(
                (header, channel, endpoint, connection) ->
                    new ServerEvent.Join(
                        header.withChannel(channel), channel, endpoint, connection)),
        Combinators.combine(headers(), texts(), texts(), texts())
            .as(
                (header, channel, endpoint, connection) ->
                    new ServerEvent.Leave(
                        header.withChannel(channel), channel, endpoint, connection)),
        Combinators.combine(headers(), objects()).as(ServerEvent.Signal::new));
  }

  private static EventHeader sentBy(EventHeader h, String from, String fromConnection) {
    return new EventHeader(
        h.type(),
        from,
        fromConnection,
        h.fromType(),
        h.to(),
        h.toConnection(),
        h.toType(),
        h.toOriginal(),
        h.channel(),
        h.timestamp(),
        h.requestId());
  }

  /** Header values that survive: empty ones and the text {@code null} count as absent. */
  static Arbitrary<Map<String, String>> simulatedHeaders() {
    return Arbitraries.maps(
            texts(), texts().filter(value -> !value.isEmpty() && !value.equals("null")))
        .ofMaxSize(3);
  }

  static Arbitrary<ApiRequest> requests() {
    return Combinators.combine(
            Arbitraries.of("get", "post", "put", "delete", "patch", "options", "head"),
            texts().map(path -> '/' + path),
            simulatedHeaders(),
            objects().injectNull(0.3))
        .as(ApiRequest::new);
  }

  static Arbitrary<ApiResponse> responses() {
    return Combinators.combine(
            Arbitraries.integers().between(100, 999),
            Arbitraries.maps(texts(), texts()).ofMaxSize(3),
            Arbitraries.oneOf(objects(), arrays()))
        .as(ApiResponse::new);
  }

  /** Text that a signal keeps: empty text counts as absent. */
  private static Arbitrary<String> words() {
    return texts().filter(text -> !text.isEmpty());
  }

  static Arbitrary<Candidate> candidates() {
    return Combinators.combine(
            words().map(text -> "candidate:" + text.strip()).map(String::strip),
            texts().injectNull(0.3),
            Arbitraries.integers().between(0, 1_000),
            texts().injectNull(0.3))
        .as(Candidate::new);
  }

  static Arbitrary<Signal> signals() {
    Arbitrary<String> maybe = words().injectNull(0.3);
    Arbitrary<JsonObject> parsed = objects();
    Arbitrary<List<Candidate>> lists = candidates().list().ofMaxSize(3);
    return Arbitraries.oneOf(
        Combinators.combine(words(), words(), maybe, words())
            .as((session, target, id, sdp) -> new Signal.Offer(session, target, id, sdp)),
        Combinators.combine(words(), words(), maybe, parsed, json(), maybe, maybe, maybe)
            .as(
                (session, target, id, sdp, metadata, name, conference, connection) ->
                    new Signal.Offer(
                        session,
                        target,
                        id,
                        name,
                        sdp,
                        metadata == JsonValue.NULL ? null : metadata,
                        new CallerId(name, id),
                        conference,
                        connection)),
        Combinators.combine(words(), words(), maybe, maybe, parsed, maybe).as(Signal.Answer::new),
        Combinators.combine(words(), words(), maybe, maybe).as(Signal.Connected::new),
        Combinators.combine(words(), words(), maybe, lists, lists.injectNull(0.5), maybe)
            .as(Signal.IceCandidates::new),
        Combinators.combine(words(), words(), maybe, words(), maybe).as(Signal.Modify::new),
        Combinators.combine(words(), words(), maybe, maybe, words(), maybe, maybe)
            .as(
                (session, target, id, reason, to, type, connection) ->
                    new Signal.Bye(
                        session,
                        target,
                        id,
                        reason,
                        new Signal.Redirection(to, type, id),
                        connection)),
        Combinators.combine(words(), words(), maybe, words()).as(Signal.Status::new),
        Combinators.combine(words(), words(), maybe, maybe).as(Signal.CallError::new),
        Combinators.combine(words(), words(), maybe, maybe).as(Signal.Ack::new));
  }
}
