package io.respoke.spi.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks token providers as a client does: on a thread that may be blocked, and not for ever. */
final class TokenAsking {
  /** How much later than asked for an answer may come. */
  private static final Duration GRACE = ContractPeer.PATIENCE;

  record Answer(@Nullable Token token, @Nullable Throwable failure) {}

  private TokenAsking() {}

  static Token token(TokenProvider provider, TokenRequest request) {
    Answer answer = ask(provider, request);
    if (answer.token == null) {
      throw new AssertionError("it gave no token", answer.failure);
    }
    return answer.token;
  }

  static Answer ask(TokenProvider provider, TokenRequest request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    Thread asking =
        new Thread(
            () -> {
              try {
                CompletionStage<Token> stage = provider.token(request);
                stage.whenComplete((token, e) -> answer.complete(new Answer(token, unwrapped(e))));
              } catch (Throwable e) { // which a provider may throw as well
                answer.complete(new Answer(null, e));
              }
            },
            TransportFixture.THREAD_NAME + "-tokens");
    asking.setDaemon(true);
    asking.setContextClassLoader(context);
    asking.start();
    try {
      Duration limit = request.timeout().plus(GRACE);
      Answer given = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      asking.join(GRACE.toMillis());
      assertFalse(asking.isAlive(), "it has answered and still holds the thread that asked");
      return given;
    } catch (TimeoutException e) {
      throw new AssertionError("no answer though it was asked for within " + request.timeout(), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("not asked", e);
    }
  }

  static void assertNotShown(List<String> secrets, String text) {
    for (String secret : secrets) {
      assertFalse(text.contains(secret), "a secret is shown in: " + text);
    }
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
