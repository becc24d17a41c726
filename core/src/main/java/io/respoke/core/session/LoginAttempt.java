package io.respoke.core.session;

import io.respoke.AuthenticationException;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectFailedException.Step;
import io.respoke.ConnectionLostException;
import io.respoke.DisconnectReason;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.core.http.HttpReply;
import io.respoke.core.http.Refusal;
import io.respoke.core.runtime.Cancellable;
import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.Frame;
import io.respoke.protocol.Handshake;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedFrameException;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServiceUri;
import io.respoke.protocol.Wire;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One login: token, session, handshake, WebSocket, registration. Runs on the client's serial
 * context and ends exactly once, with a {@link Login} or a failure, or silently when it is
 * abandoned.
 */
final class LoginAttempt implements LinkListener {
  /** Is told how a login ended. */
  interface Outcome {
    void succeeded(Login login);

    void failed(Throwable error);

    /**
     * Something of a login that came to nothing goes on for a while, and is to be let finish.
     *
     * @param giveUp makes it finish when nobody can wait any longer
     */
    void leaves(CompletableFuture<?> unfinished, Runnable giveUp);
  }

  /**
   * What a login needs.
   *
   * @param tokens where the credential comes from, or {@code null} when the options name no source
   * @param asking asks it
   */
  record Plan(
      ClientOptions options,
      ServiceUri service,
      @Nullable TokenProvider tokens,
      TokenAsking asking,
      TransportProvider transports,
      UsedTokens usedTokens,
      int attempt,
      @Nullable Throwable previousFailure,
      String sdk) {}

  private final Engine engine;
  private final Plan plan;
  private final Outcome outcome;
  private final String address;
  private Step step = Step.TOKEN;
  private Cancellable deadline = Cancellable.NONE;
  private Cancellable question = Cancellable.NONE;
  private Cancellable opening = Cancellable.NONE;
  private @Nullable CompletableFuture<HttpReply> session;
  private @Nullable CompletableFuture<HttpReply> handshake;
  private @Nullable Link link;
  private volatile boolean done;
  private CredentialKind kind = CredentialKind.APP_TOKEN;
  private String credential = "";

  LoginAttempt(Engine engine, Plan plan, Outcome outcome) {
    this.engine = engine;
    this.plan = plan;
    this.outcome = outcome;
    address = plan.service().root().toString();
  }

  void start() {
    TokenProvider tokens = plan.tokens();
    if (tokens == null) {
      fail(
          new AuthenticationException(
              "There is no credential to connect with. Give the options a tokenProvider or a token,"
                  + " or developmentMode with appId and endpointId."));
      return;
    }
    Duration timeout = plan.options().tokenTimeout();
    armDeadline(timeout, "the token provider did not answer within " + timeout.toMillis() + " ms");
    TokenRequest request =
        new TokenRequest(
            address,
            plan.options().appId(),
            plan.options().endpointId(),
            plan.attempt(),
            Optional.ofNullable(plan.previousFailure()),
            timeout);
    question =
        plan.asking()
            .ask(
                tokens,
                request,
                (token, failure) ->
                    ifRunning(
                        () ->
                            tokenCame(
                                token,
                                failure == null
                                    ? null
                                    : ConnectFailures.ofToken(tokens, request, address, failure))));
  }

  /** Gives up without an outcome. */
  void abandon() {
    if (!done) {
      done = true;
      release();
    }
  }

  private void tokenCame(@Nullable Token token, @Nullable Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else if (token == null) {
      fail(ConnectFailures.providerFailed(address, new IllegalStateException("it returned null")));
    } else if (!plan.usedTokens().use(token)) {
      fail(
          ConnectFailures.providerFailed(
              address,
              new IllegalStateException(
                  "it returned a token that was used before; every attempt needs a new one")));
    } else {
      Duration timeout = plan.options().connectTimeout();
      armDeadline(timeout, "not connected within " + timeout.toMillis() + " ms");
      kind = Login.kind(token);
      if (kind != CredentialKind.APP_TOKEN && plan.options().endpointId().isEmpty()) {
        fail(
            new AuthenticationException(
                "Connecting with an app's secret or an administrator's token needs endpointId in"
                    + " the options"));
      } else if (token.isSingleUse()) {
        openSession(token.value());
      } else {
        credential = token.value();
        shakeHands();
      }
    }
  }

  private void openSession(String tokenId) {
    step = Step.SESSION;
    JsonObject body = Json.object().add("tokenId", tokenId).build();
    CompletableFuture<HttpReply> answer =
        http("post", plan.service().http(Paths.SESSION_TOKENS), body);
    session = answer;
    answer.whenComplete(
        (reply, failure) -> onSerial(() -> checked(failure, () -> sessionCame(reply))));
  }

  private void sessionCame(HttpReply reply) {
    ApiResponse response = reply.asResponse();
    if (response.failed() || reply.status() >= 300) {
      fail(Refusal.of("post " + Paths.SESSION_TOKENS, response));
      return;
    }
    String token = sessionToken(reply);
    if (token == null) {
      failProtocol("the answer to post " + Paths.SESSION_TOKENS + " holds no token");
      return;
    }
    credential = token;
    shakeHands();
  }

  private static @Nullable String sessionToken(HttpReply reply) {
    String token = reply.json() instanceof JsonObject json ? Json.text(json, "token") : null;
    return token == null || token.isEmpty() ? null : token;
  }

  private void shakeHands() {
    step = Step.HANDSHAKE;
    CompletableFuture<HttpReply> answer = http("get", plan.service().handshake(query()), null);
    handshake = answer;
    answer.whenComplete(
        (reply, failure) -> onSerial(() -> checked(failure, () -> handshakeCame(reply))));
  }

  private void handshakeCame(HttpReply reply) {
    if (reply.status() != 200) {
      fail(Refusal.of("get " + Paths.HANDSHAKE, reply.asResponse()));
      return;
    }
    Handshake shaken;
    try {
      shaken = Handshake.parse(reply.text());
    } catch (MalformedFrameException e) {
      fail(e);
      return;
    }
    if (!shaken.offersWebSocket()) {
      failProtocol("it does not offer WebSocket: " + shaken.transports());
      return;
    }
    openSocket(shaken);
  }

  private void openSocket(Handshake shaken) {
    step = Step.SOCKET;
    ClientOptions options = plan.options();
    Link unopened =
        new Link(
            engine.serial(),
            engine.runtime().scheduler(),
            shaken.silenceLimit(),
            options.requestTimeout(),
            inboundFrames(options),
            this);
    link = unopened;
    TransportRequest request =
        new TransportRequest(
            plan.service().webSocket(shaken.sid(), query()),
            options.headers(),
            options.connectTimeout(),
            options.requestTimeout(),
            // heartbeats and repeats come on top of what callers may have under way
            options.outboundLimit() + 16,
            options.maxMessageSize(),
            options.sslContext(),
            options.proxy(),
            engine.runtime().engine());
    TransportProvider provider = plan.transports();
    if (provider.connectBlocks()) {
      opening =
          engine
              .runtime()
              .lane()
              .execute(request.uri().getRawAuthority(), () -> open(request, unopened));
    } else {
      open(request, unopened);
    }
  }

  /** Frames that wait to be read: generous, because answers to requests are among them. */
  private static int inboundFrames(ClientOptions options) {
    return (int) Math.min(Integer.MAX_VALUE, 4L * options.inboundLimit() + options.outboundLimit());
  }

  private void open(TransportRequest request, Link unopened) {
    if (done) {
      return;
    }
    try {
      Transport transport = plan.transports().open(request, unopened);
      engine.serial().execute(() -> unopened.attach(transport));
    } catch (RuntimeException | Error e) {
      onSerial(() -> fail(e));
    }
  }

  @Override
  public void onReady() {
    Link open = link;
    if (done || open == null) {
      return;
    }
    step = Step.REGISTER;
    JsonObjectBuilder data =
        Json.object()
            .add("capabilities", Json.object().add("iceFinalCandidates", true).add("status", true));
    if (kind != CredentialKind.APP_TOKEN) {
      plan.options().endpointId().ifPresent(id -> data.add("endpointId", id));
    }
    ApiRequest request =
        new ApiRequest(
            "post", Paths.CONNECTIONS, Login.headers(kind, credential, plan.sdk()), data.build());
    open.request(request)
        .whenComplete((response, failure) -> checked(failure, () -> registered(open, response)));
  }

  private void registered(Link open, ApiResponse response) {
    JsonObject body = response.body() instanceof JsonObject json ? json : Json.object().build();
    String id = Json.text(body, "id");
    String endpointId = Json.text(body, "endpointId");
    if (id == null || endpointId == null) {
      failProtocol("the answer to post " + Paths.CONNECTIONS + " holds no id and endpointId");
      return;
    }
    if (!done) {
      done = true;
      deadline.cancel();
      outcome.succeeded(new Login(open, kind, credential, session != null, endpointId, id));
    }
  }

  @Override
  public void onEnded(DisconnectReason reason, @Nullable Throwable cause) {
    fail(
        cause == null
            ? new ConnectionLostException("the socket was closed: " + reason, true, null)
            : cause);
  }

  @Override
  public void onEvent(Frame.Event event) {
    // Nothing is pushed before the connection is registered (protocol-wire §5.8).
  }

  @Override
  public void onProblem(Throwable problem) {
    failProtocol(String.valueOf(problem.getMessage()), problem);
  }

  @Override
  public void onRateLimited(String request, Duration retryAfter) {}

  @Override
  public void onRateLimitLifted() {}

  private void checked(@Nullable Throwable failure, Runnable next) {
    if (done) {
      return;
    }
    if (failure != null) {
      fail(failure);
    } else {
      next.run();
    }
  }

  private void failProtocol(String problem) {
    failProtocol(problem, null);
  }

  private void failProtocol(String problem, @Nullable Throwable cause) {
    fail(
        new ConnectFailedException(
            step,
            Category.PROTOCOL,
            0,
            "Cannot connect to "
                + address
                + ": the service does not speak the protocol: "
                + problem,
            cause));
  }

  private void fail(Throwable failure) {
    if (done) {
      return;
    }
    done = true;
    RuntimeException error = ConnectFailures.of(step, address, failure);
    release();
    outcome.failed(error);
  }

  private void release() {
    deadline.cancel();
    question.cancel();
    opening.cancel();
    Link open = link;
    if (open != null) {
      open.drop(DisconnectReason.NETWORK, null);
    }
    if (handshake != null) {
      handshake.cancel(true);
    }
    CompletableFuture<HttpReply> asked = session;
    if (asked != null) {
      // It may be opened only now, when nobody wants it any more.
      outcome.leaves(asked.thenCompose(this::endSession), () -> asked.cancel(true));
    }
  }

  private CompletableFuture<Void> endSession(HttpReply reply) {
    String token = sessionToken(reply);
    return token == null
        ? CompletableFuture.completedFuture(null)
        : engine.deleteSession(plan.service(), token, plan.options().closeTimeout());
  }

  private void armDeadline(Duration limit, String words) {
    deadline.cancel();
    deadline =
        engine
            .runtime()
            .scheduler()
            .schedule(
                limit,
                () ->
                    onSerial(
                        () ->
                            fail(
                                new ConnectFailedException(
                                    step,
                                    Category.TIMEOUT,
                                    0,
                                    "Cannot connect to "
                                        + address
                                        + ": "
                                        + words
                                        + " (step "
                                        + step
                                        + ")",
                                    null))));
  }

  private void onSerial(Runnable task) {
    engine.serial().execute(() -> ifRunning(task));
  }

  private void ifRunning(Runnable task) {
    if (!done) {
      task.run();
    }
  }

  private Map<String, String> query() {
    return ServiceUri.query(kind, credential, plan.sdk());
  }

  private CompletableFuture<HttpReply> http(String method, URI uri, @Nullable JsonObject body) {
    Map<String, String> headers = new LinkedHashMap<>(plan.options().headers());
    headers.put(Wire.SDK_HEADER, plan.sdk());
    return engine
        .runtime()
        .http()
        .send(method, uri, headers, body, plan.options().connectTimeout());
  }
}
