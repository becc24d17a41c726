package io.respoke.cdi.suite.se;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.cdi.ClientCustomizer;
import io.respoke.cdi.InGroup;
import io.respoke.cdi.RespokeClient;
import io.respoke.event.Connected;
import io.respoke.event.MessageReceived;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Mistakes of applications: each is one readable problem that keeps them from being deployed. */
public abstract class BadInputSuite {
  private static final Map<String, String> DEFAULT =
      Map.of("respoke.baseUrl", "http://127.0.0.1:1", "respoke.connect", "manual");

  /** Adjusts the container before it is started. */
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return initializer;
  }

  /** Injects the default client. */
  @ApplicationScoped
  public static class Injects {
    @Inject Client client;
  }

  /** Injects a client that has a name. */
  @ApplicationScoped
  public static class InjectsSales {
    @Inject
    @RespokeClient("sales")
    Client client;
  }

  /** Makes clients by itself, twice. */
  @ApplicationScoped
  public static class TwoProducers {
    @Produces @Nullable Client one;
    @Produces @Nullable Client two;
  }

  /** Makes the default client by itself. */
  @ApplicationScoped
  public static class OneProducer {
    @Produces @Nullable Client one;
  }

  /** Observes what is no event. */
  @ApplicationScoped
  public static class ObservesText {
    void observe(@Observes @RespokeClient String text) {}
  }

  /** Observes what cannot be. */
  @ApplicationScoped
  public static class ObservesConnectedGroups {
    void observe(@Observes @InGroup("bridge") Connected event) {}
  }

  /** Observes messages of all clients. */
  @ApplicationScoped
  public static class ObservesMessages {
    void observe(@Observes MessageReceived event) {}
  }

  /** A source of tokens. */
  @ApplicationScoped
  public static class Tokens {
    /** The source. */
    @Produces
    @ApplicationScoped
    TokenProvider provider() {
      return TokenProvider.from(request -> "t-1");
    }
  }

  /** Another source of tokens. */
  @ApplicationScoped
  public static class MoreTokens {
    /** The source. */
    @Produces
    @ApplicationScoped
    TokenProvider provider() {
      return TokenProvider.from(request -> "t-2");
    }
  }

  /** A source of tokens that cannot be made. */
  @ApplicationScoped
  public static class BrokenTokens {
    /** The source. */
    @Produces
    @ApplicationScoped
    TokenProvider provider() {
      throw new IllegalStateException("the vault is closed");
    }
  }

  /** A source of tokens that uses the client it is for. */
  @ApplicationScoped
  public static class EagerTokens implements TokenProvider {
    @Inject Client client;

    @PostConstruct
    void use() {
      client.endpointId();
    }

    @Override
    public CompletionStage<Token> token(TokenRequest request) {
      return CompletableFuture.failedFuture(new IllegalStateException("never made"));
    }
  }

  /** A plug-in that cannot be made. */
  @ApplicationScoped
  public static class BrokenPlugIn implements TelemetryProvider {
    @PostConstruct
    void check() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Telemetry telemetry(ClientOptions options) {
      return new Telemetry() {};
    }
  }

  /** Adjusts options in a way that cannot work. */
  @ApplicationScoped
  public static class Breaks implements ClientCustomizer {
    @Override
    public void customize(String client, ClientOptions.Builder options) {
      throw new IllegalStateException("no idea about " + client + "!");
    }
  }

  /** Asks for a transport that there is not. */
  @ApplicationScoped
  public static class AsksForPigeons implements ClientCustomizer {
    @Override
    public void customize(String client, ClientOptions.Builder options) {
      options.transport("pigeons");
    }
  }

  private String onlyProblem(Map<String, String> properties, Class<?>... beans) {
    List<String> problems = problems(properties, beans);
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  /** The lines of what the container tells that are about this library. */
  private List<String> problems(Map<String, String> properties, Class<?>... beans) {
    List<String> problems = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    // Some containers only say that there is something in the log.
    Handler log =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            collect(entry.getThrown(), problems, seen);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(log);
    try {
      Throwable failure =
          assertThrows(
              RuntimeException.class,
              () -> SeApplication.start(this::host, properties, beans).close());
      collect(failure, problems, seen);
    } finally {
      root.removeHandler(log);
    }
    return problems.stream().distinct().toList();
  }

  private static void collect(
      @Nullable Throwable failure, List<String> problems, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    if (failure.getMessage() != null) {
      Arrays.stream(failure.getMessage().split("\\R"))
          .map(line -> line.replaceFirst("^(Exception \\d+ :)?\\s*([\\w.]+Exception: )?", ""))
          .filter(BadInputSuite::isAProblem)
          .forEach(problems::add);
    }
    collect(failure.getCause(), problems, seen);
    for (Throwable other : failure.getSuppressed()) {
      collect(other, problems, seen);
    }
  }

  private static boolean isAProblem(String line) {
    return (line.contains("respoke.") && line.contains(" ") && line.endsWith("."))
        || line.contains("the default client")
        || line.contains("the client \"");
  }

  @Test
  void aGoodApplicationIsDeployed() {
    try (SeApplication application =
        SeApplication.start(this::host, DEFAULT, Injects.class, ObservesMessages.class)) {
      assertTrue(application.get(Client.class).hasListeners(MessageReceived.class));
    }
  }

  @Test
  void twoUnqualifiedClients() {
    String problem = onlyProblem(Map.of(), Injects.class, TwoProducers.class);
    assertTrue(problem.contains("There is more than one Client for the default client: "), problem);
    assertTrue(problem.contains("TwoProducers.one"), problem);
    assertTrue(problem.contains("TwoProducers.two"), problem);
  }

  @Test
  void aNameThatIsNotConfigured() {
    String problem = onlyProblem(Map.of(), InjectsSales.class);
    assertTrue(
        problem.contains("There is no configuration for the client \"sales\", which is used by "),
        problem);
    assertTrue(problem.contains("InjectsSales.client"), problem);
    assertTrue(problem.contains("Set respoke.clients.sales.baseUrl"), problem);
  }

  @Test
  void ambiguousProviders() {
    String problem = onlyProblem(DEFAULT, Injects.class, Tokens.class, MoreTokens.class);
    assertTrue(
        problem.contains("There is more than one TokenProvider for the default client"), problem);
    assertTrue(problem.contains("BadInputSuite$MoreTokens, "), problem);
    assertTrue(problem.contains("BadInputSuite$Tokens. "), problem);
  }

  @Test
  void anObserverOfAnUnknownEventType() {
    String problem = onlyProblem(DEFAULT, Injects.class, ObservesText.class);
    assertTrue(problem.contains("ObservesText.observe observes java.lang.String"), problem);
    assertTrue(problem.contains("MessageReceived"), problem);
  }

  @Test
  void anObserverThatIsNeverToldAnything() {
    String problem = onlyProblem(DEFAULT, Injects.class, ObservesConnectedGroups.class);
    assertTrue(problem.contains("with @InGroup, which no such event has"), problem);
  }

  @Test
  void aBeanThatThrowsAtCreation() {
    String problem = onlyProblem(DEFAULT, Injects.class, BrokenTokens.class);
    assertTrue(problem.contains("The TokenProvider for the default client"), problem);
    assertTrue(problem.contains("the vault is closed"), problem);
  }

  @Test
  void aPlugInThatThrowsAtCreation() {
    String problem = onlyProblem(DEFAULT, Injects.class, BrokenPlugIn.class);
    assertTrue(problem.contains("The Plugin for the default client"), problem);
    assertTrue(problem.contains("BrokenPlugIn"), problem);
    assertTrue(problem.contains("no licence"), problem);
  }

  @Test
  void aBeanThatUsesTheClientItIsMadeFor() {
    String problem = onlyProblem(DEFAULT, EagerTokens.class);
    assertTrue(problem.contains("The TokenProvider for the default client"), problem);
    assertTrue(problem.contains("A client is used while the beans for the clients are"), problem);
  }

  @Test
  void aCustomizerThatThrows() {
    String problem = onlyProblem(DEFAULT, Injects.class, Breaks.class);
    assertTrue(problem.contains("could not adjust the options of the default client"), problem);
  }

  @Test
  void aPlugInThatIsNotThere() {
    String problem = onlyProblem(DEFAULT, Injects.class, AsksForPigeons.class);
    assertTrue(problem.contains("Cannot make the default client (respoke.*): "), problem);
    assertTrue(problem.contains("respoke-impl-tyrus"), problem);
  }

  @Test
  void configurationThatChangesNothing() {
    Map<String, String> properties =
        Map.of(
            "respoke.baseUrl", "http://127.0.0.1:1",
            "respoke.connect", "manual",
            "respoke.clients.sales.baseUrl", "http://127.0.0.1:1");
    String problem = onlyProblem(properties, Injects.class);
    assertTrue(problem.contains("respoke.clients.sales.* is configured"), problem);
    assertTrue(problem.contains("nothing injects or observes the client \"sales\""), problem);
  }

  @Test
  void configurationOfAClientThatTheApplicationMakesItself() {
    String problem = onlyProblem(DEFAULT, Injects.class, OneProducer.class);
    assertTrue(problem.contains("respoke.* changes nothing"), problem);
    assertTrue(problem.contains("OneProducer.one is the default client"), problem);
  }

  @Test
  void noSourceOfTokensAtStartUp() {
    String problem = onlyProblem(Map.of("respoke.baseUrl", "http://127.0.0.1:1"), Injects.class);
    assertTrue(problem.contains("There is no source of tokens for the default client"), problem);
  }

  @Test
  void everyMistakeInTheConfigurationAtOnce() {
    List<String> problems =
        problems(
            Map.of(
                "respoke.connect", "soon",
                "respoke.reconnect", "yes",
                "respoke.baseUri", "http://127.0.0.1:1"),
            Injects.class);
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(problems.stream().anyMatch(p -> p.contains("Did you mean respoke.baseUrl?")));
  }
}
