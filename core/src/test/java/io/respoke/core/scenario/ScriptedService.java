package io.respoke.core.scenario;

import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiRequestCodec;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.ApiResponseCodec;
import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.protocol.Frame;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.Json;
import io.respoke.spi.contract.memory.InMemoryPeer;
import io.respoke.spi.contract.memory.InMemoryTransportProvider;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The service's side of WebSockets: answers as one without faults, until a test says otherwise. */
final class ScriptedService {
  /** A request that has come. */
  record Received(InMemoryPeer peer, long id, ApiRequest request) {
    /** The request as one line. */
    String line() {
      return request.method()
          + " "
          + request.path()
          + (request.data() == null ? "" : " " + Json.write(request.data()));
    }

    void answer(ApiResponse response) {
      peer.send(FrameCodec.encode(ApiResponseCodec.encode(response, id, AckForm.WRAPPED)));
    }

    void answer(int status, String body) {
      answer(response(status, body));
    }
  }

  private record Rule(
      String method, String path, Function<Received, @Nullable ApiResponse> answer) {}

  final InMemoryTransportProvider transports = new InMemoryTransportProvider();
  private final List<String> log;
  private final List<Rule> once = new ArrayList<>();
  private final List<Rule> always = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private final List<InMemoryPeer> peers = new ArrayList<>();
  private final String endpointId;
  private boolean greets = true;
  private int connections;

  ScriptedService(List<String> log, String endpointId) {
    this.log = log;
    this.endpointId = endpointId;
    transports.accept(
        request -> {
          InMemoryPeer peer =
              InMemoryPeer.accepting()
                  .onOpen(
                      opened -> {
                        log.add("open " + request.uri().getPath());
                        if (greets) {
                          opened.send("1::");
                        }
                      })
                  .onText(this::received);
          peers.add(peer);
          return peer;
        });
  }

  static ApiResponse response(int status, String body) {
    return new ApiResponse(status, Map.of("Request-Id", "socket-" + status), Json.parse(body));
  }

  static ApiResponse rateLimited(int perSecond) {
    return new ApiResponse(
        429,
        Map.of("RateLimit-Limit", String.valueOf(perSecond)),
        Json.parse("{\"error\":\"API Rate Limit was exceeded\"}"));
  }

  /** Whether sockets that open from now on are greeted with {@code 1::}. */
  void greets(boolean value) {
    greets = value;
  }

  /** Answers the next such request with this. */
  ScriptedService next(String method, String path, ApiResponse answer) {
    once.add(new Rule(method, path, any -> answer));
    return this;
  }

  ScriptedService next(String method, String path, int status, String body) {
    return next(method, path, response(status, body));
  }

  /** Leaves the next such request without an answer; the test gives one later, or never. */
  ScriptedService nextHangs(String method, String path) {
    once.add(new Rule(method, path, any -> null));
    return this;
  }

  /** Answers such requests from now on. */
  ScriptedService always(
      String method, String path, Function<Received, @Nullable ApiResponse> answer) {
    always.add(0, new Rule(method, path, answer));
    return this;
  }

  private void received(InMemoryPeer peer, String text) {
    Frame frame = FrameCodec.decode(text);
    if (!(frame instanceof Frame.Event event)) {
      log.add(text);
      return;
    }
    Received request = new Received(peer, event.id().number(), ApiRequestCodec.decode(event));
    received.add(request);
    log.add(request.line());
    ApiResponse answer = answer(request);
    if (answer != null) {
      request.answer(answer);
    }
  }

  private @Nullable ApiResponse answer(Received request) {
    for (Rule rule : once) {
      if (matches(rule, request)) {
        once.remove(rule);
        return rule.answer.apply(request);
      }
    }
    for (Rule rule : always) {
      if (matches(rule, request)) {
        return rule.answer.apply(request);
      }
    }
    return switch (request.request().method() + " " + request.request().path()) {
      case "post /v1/connections" ->
          response(
              200, "{\"id\":\"conn-" + ++connections + "\",\"endpointId\":\"" + endpointId + "\"}");
      case "post /v1/presenceobservers" -> response(200, "[]");
      default -> response(200, "{\"message\":\"Success\"}");
    };
  }

  private static boolean matches(Rule rule, Received request) {
    return rule.method.equals(request.request().method())
        && rule.path.equals(request.request().path());
  }

  /** The connection that was opened last. */
  InMemoryPeer peer() {
    return peers.get(peers.size() - 1);
  }

  int opened() {
    return peers.size();
  }

  /** The latest request to a path. */
  Received last(String path) {
    for (int i = received.size() - 1; i >= 0; i--) {
      if (received.get(i).request().path().equals(path)) {
        return received.get(i);
      }
    }
    throw new AssertionError("no request to " + path + " in " + log);
  }

  List<Received> received() {
    return received;
  }

  /** Pushes an event to the connection that was opened last. */
  void push(String name, String payload) {
    JsonObject event =
        Json.object().add("name", name).add("args", Json.array().add(Json.parse(payload))).build();
    peer().send("5:::" + Json.write(event));
  }
}
