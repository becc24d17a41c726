package io.respoke.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.Respoke;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.bootstrap.ClientProviders;
import io.respoke.spi.TokenProviderFactory;
import io.respoke.spi.contract.memory.InMemoryTransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DefaultClientProviderTest {
  private final InMemoryTransportProvider transports = new InMemoryTransportProvider();

  private ClientOptions.Builder options() {
    return ClientOptions.builder().baseUrl("http://127.0.0.1:1").plugin(transports);
  }

  @Test
  void theEngineIsFoundAndMakesAClientWithoutAnyRequest() {
    assertTrue(ClientProviders.find(null) instanceof DefaultClientProvider);
    try (Client client = Respoke.createClient(options().build())) {
      assertEquals(ConnectionState.DISCONNECTED, client.state());
      assertEquals(0, transports.waiting());
    }
  }

  @Test
  void anInstanceIdNamesOneOpenClient() {
    Client first = Respoke.createClient(options().instanceId("main").build());
    try (first) {
      assertSame(first, Respoke.createClient(options().instanceId("main").appId("x").build()));
      assertEquals(Optional.of(first), Respoke.client("main"));
      assertEquals(Optional.empty(), Respoke.client("other"));
    }
    assertEquals(Optional.empty(), Respoke.client("main"));
    try (Client second = Respoke.createClient(options().instanceId("main").build())) {
      assertNotSame(first, second);
      assertEquals(Optional.of(second), Respoke.client("main"));
    }
  }

  @Test
  void withoutATransportTheErrorNamesTheArtifactToAdd() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> Respoke.createClient(ClientOptions.builder().build()));
    assertTrue(error.getMessage().contains("respoke-impl-tyrus"), error.getMessage());
  }

  @Test
  void aTransportThatNobodyHasIsToldOfAtCreation() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> Respoke.createClient(options().transport("carrier-pigeon").build()));
    assertTrue(error.getMessage().contains("carrier-pigeon"), error.getMessage());
    assertTrue(error.getMessage().contains("in-memory"), error.getMessage());
  }

  @Test
  void aTokenProviderThatNobodyHasIsToldOfAtCreation() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> Respoke.createClient(options().tokenProvider("vault", Map.of()).build()));
    assertTrue(error.getMessage().contains("vault"), error.getMessage());
  }

  /** A plug-in that makes token providers. */
  private static final class Vault implements TokenProviderFactory {
    final List<Map<String, String>> made = new ArrayList<>();

    @Override
    public String name() {
      return "vault";
    }

    @Override
    public TokenProvider create(Map<String, String> settings) {
      made.add(settings);
      return request -> CompletableFuture.completedFuture(Token.of("t"));
    }
  }

  @Test
  void aNamedTokenProviderIsMadeOnceForEachClient() {
    Vault vault = new Vault();
    try (Client client =
        Respoke.createClient(
            options().plugin(vault).tokenProvider("vault", Map.of("path", "x")).build())) {
      assertEquals(List.of(Map.of("path", "x")), vault.made);
      assertTrue(client.options().reconnect());
    }
  }

  /** What JSON-B cannot write. */
  public static final class Unbindable {
    public final Unbindable self = this;
  }

  @Test
  void aClientThatCannotBeMadeLeavesNothingBehind() throws Exception {
    Client open = Respoke.createClient(options().build());
    try (open) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Respoke.createClient(options().presence(new Unbindable()).build()));
      // Arms a timer, so that the shared timer's thread is there.
      open.drain(java.time.Duration.ofMinutes(1)).toCompletableFuture().join();
      assertTrue(timerIsThere());
    }
    long end = System.nanoTime() + 10_000_000_000L;
    while (timerIsThere() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertFalse(timerIsThere(), "the last client to be closed takes the threads down");
  }

  private static boolean timerIsThere() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("respoke-timer"));
  }
}
