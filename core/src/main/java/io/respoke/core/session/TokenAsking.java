package io.respoke.core.session;

import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.core.auth.GatewayTokens;
import io.respoke.core.runtime.Cancellable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks token providers on the callback executor, one at a time however many attempts give up
 * meanwhile: a call that has not returned is not joined by another one. What a provider was given
 * up on and has returned a stage for counts as over; the stage is cancelled.
 *
 * <p>Runs on the client's serial context.
 */
final class TokenAsking {
  /** Is told the answer once, unless the question was taken back. */
  interface Answer {
    void came(@Nullable Token token, @Nullable Throwable failure);
  }

  private final Engine engine;
  private @Nullable Call current;
  private @Nullable Call waiting;

  TokenAsking(Engine engine) {
    this.engine = engine;
  }

  /** Asks, as soon as nobody else is being asked; cancelling takes the question back. */
  Cancellable ask(TokenProvider provider, TokenRequest request, Answer answer) {
    Call call = new Call(provider, request, answer);
    if (current == null) {
      begin(call);
    } else {
      waiting = call;
    }
    return call;
  }

  private void begin(Call call) {
    current = call;
    engine.callbacks().execute(call);
  }

  private void ended(Call call) {
    if (current == call) {
      current = null;
      Call next = waiting;
      waiting = null;
      if (next != null) {
        begin(next);
      }
    }
  }

  private final class Call implements Runnable, Cancellable {
    private final TokenProvider provider;
    private final TokenRequest request;
    private @Nullable Answer answer;
    private @Nullable CompletionStage<Token> stage;

    Call(TokenProvider provider, TokenRequest request, Answer answer) {
      this.provider = provider;
      this.request = request;
      this.answer = answer;
    }

    /** On the callback executor. */
    @Override
    public void run() {
      try {
        CompletionStage<Token> asked =
            provider instanceof GatewayTokens own
                ? own.token(engine.runtime().http(), request)
                : provider.token(request);
        if (asked == null) {
          throw new IllegalStateException("it returned null");
        }
        engine.serial().execute(() -> returned(asked));
        asked.whenComplete(
            (token, failure) -> engine.serial().execute(() -> completed(token, failure)));
      } catch (Throwable e) { // it may throw anything, and must not take the attempt with it
        engine.serial().execute(() -> completed(null, e));
      }
    }

    private void returned(CompletionStage<Token> asked) {
      stage = asked;
      if (answer == null) {
        giveUp(asked);
      }
    }

    private void completed(@Nullable Token token, @Nullable Throwable failure) {
      Answer told = answer;
      answer = null;
      ended(this);
      if (told != null) {
        told.came(token, failure);
      }
    }

    @Override
    public void cancel() {
      answer = null;
      if (waiting == this) {
        waiting = null;
      } else if (stage != null) {
        giveUp(stage);
      }
    }

    private void giveUp(CompletionStage<Token> asked) {
      ended(this);
      engine.callbacks().execute(() -> cancel(asked));
    }

    /** On the callback executor, because whoever depends on the stage is told there. */
    private static void cancel(CompletionStage<Token> asked) {
      CompletableFuture<Token> future;
      try {
        future = asked.toCompletableFuture();
      } catch (UnsupportedOperationException e) {
        return;
      }
      future.cancel(true);
    }
  }
}
