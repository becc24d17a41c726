package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.AppSecretTokens;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Token;
import io.respoke.TokenSpec;
import io.respoke.Tokens;
import io.respoke.event.RespokeEvent;
import io.respoke.tyrus.weather.LyingServer.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With our every log switched on and everything printed that can be, no credential is told. Tyrus's
 * own log of upgrade requests, below INFO, is not ours to redact; docs/tokens.md says so.
 */
class SecretsTest {
  private static final String APP_SECRET = "5ecret-of-the-app";
  private static final List<String> SECRETS =
      List.of(APP_SECRET, "brokered-token-", "minted-token-", "session-token-", "theirs-given");

  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final List<Logger> loggers =
      List.of(Logger.getLogger("io.respoke"), Logger.getLogger("org.glassfish.tyrus"));
  private final Handler handler =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
          told.add(formatter.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    for (Logger logger : loggers) {
      logger.setLevel(logger.getName().equals("io.respoke") ? Level.ALL : Level.INFO);
      logger.setUseParentHandlers(false);
      logger.addHandler(handler);
    }
  }

  @AfterEach
  void stopListening() {
    for (Logger logger : loggers) {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
      logger.setLevel(null);
    }
  }

  private void tell(Object value) {
    told.add(String.valueOf(value));
    if (value instanceof Throwable failure) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      told.add(trace.toString());
    }
  }

  private ClientOptions.Builder telling(ClientOptions.Builder options) {
    after.closing(server);
    return options.on(RespokeEvent.class, this::tell);
  }

  /** How a client comes by its credential. */
  private enum Credential {
    BROKERED {
      @Override
      ClientOptions.Builder use(ClientOptions.Builder options) {
        return options;
      }
    },
    MINTED {
      @Override
      ClientOptions.Builder use(ClientOptions.Builder options) {
        return options
            .appId("app")
            .tokenProvider(Tokens.appSecret(AppSecretTokens.of(APP_SECRET, RoleRef.appDefault())));
      }
    },
    APP_SECRET_ITSELF {
      @Override
      ClientOptions.Builder use(ClientOptions.Builder options) {
        return options.token(new Token(Token.Kind.APP_SECRET, APP_SECRET)).reconnect(false);
      }
    },
    SESSION_OF_ANOTHER {
      @Override
      ClientOptions.Builder use(ClientOptions.Builder options) {
        return options.token(new Token(Token.Kind.SESSION_TOKEN, "theirs-given")).reconnect(false);
      }
    };

    abstract ClientOptions.Builder use(ClientOptions.Builder options);
  }

  private void nothingSecretWasTold() {
    assertFalse(told.isEmpty(), "nothing was told at all");
    for (String text : told) {
      for (String secret : SECRETS) {
        assertFalse(text.contains(secret), () -> "told a secret: " + text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Credential.class)
  void a_life_from_connect_to_close_tells_no_secret(Credential credential) {
    ClientOptions.Builder options = telling(credential.use(Options.of(server)));
    tell(options);
    tell(options.build());
    var client = after.client(options);
    tell(Await.value(client.connect()));
    Await.value(client.join("bridge"));
    Await.value(client.sendMessage("eve", "hello"));
    tell(client.inspect());
    server.answers(ask -> ask.answer(401, "{\"error\":\"no\"}"));
    tell(Await.failure(RuntimeException.class, client.sendMessage("eve", "hello")));
    server.answers(LyingServer::truth);
    server.next().cut();
    Await.until(() -> !client.isConnected(), () -> "still connected");
    client.close();

    assertTrue(
        told.stream()
            .anyMatch(
                text -> text.contains("post /v1/connections") || text.contains("/v1/connections")),
        "the wire was not logged");
    nothingSecretWasTold();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void a_failure_at_any_step_tells_no_secret(Step step) {
    ClientOptions.Builder options =
        telling(Credential.MINTED.use(Options.of(server)).connectTimeout(Options.SHORT));
    switch (step) {
      case GREETING -> server.greeting(socket -> socket.send("7:::"));
      case REGISTER -> server.answers(ask -> ask.answer(401, "{\"error\":\"no\"}"));
      default -> server.at(step, LyingServer.status(401));
    }
    var client = after.client(options);

    tell(Await.failure(RuntimeException.class, client.connect()));
    client.close();

    nothingSecretWasTold();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void silence_at_any_step_tells_no_secret(Step step) {
    ClientOptions.Builder options =
        telling(
            Credential.MINTED
                .use(Options.of(server))
                .connectTimeout(Options.SHORT)
                .tokenTimeout(Options.SHORT));
    switch (step) {
      case GREETING -> server.greeting(socket -> {});
      case REGISTER -> server.answers(ask -> null);
      default -> server.at(step, LyingServer.silence());
    }
    var client = after.client(options);

    tell(Await.failure(RuntimeException.class, client.connect()));
    client.close();

    nothingSecretWasTold();
  }

  @Test
  void an_administrators_failures_tell_no_secret() {
    after.closing(server);
    server.at(Step.MINT, LyingServer.status(403));
    AdminOptions options =
        AdminOptions.builder().baseUrl(server.baseUrl()).appId("app").appSecret(APP_SECRET).build();
    Admin admin = Respoke.admin(options);

    tell(options);
    tell(admin);
    TokenSpec spec = TokenSpec.of("joe", RoleRef.appDefault());
    tell(Await.failure(RuntimeException.class, admin.createToken(spec)));
    server.at(Step.MINT, LyingServer.hangUp());
    tell(Await.failure(RuntimeException.class, admin.createToken(spec)));
    server.honest();
    tell(Await.value(admin.createToken(spec)));

    nothingSecretWasTold();
  }

  @Test
  void a_token_that_was_used_before_is_not_told() {
    ClientOptions.Builder options =
        telling(
            Options.of(server)
                .tokenProvider(
                    request -> CompletableFuture.completedFuture(Token.of("brokered-token-one"))));
    var client = after.client(options);
    Await.value(client.connect());
    Await.value(client.disconnect());

    tell(Await.failure(RuntimeException.class, client.connect()));

    nothingSecretWasTold();
  }
}
