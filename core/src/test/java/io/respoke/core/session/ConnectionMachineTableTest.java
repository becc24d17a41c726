package io.respoke.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.AuthenticationException;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.ReconnectPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What the machine does in every state with every input, as the table in {@code
 * docs/connection-states.md}. Run with {@code -Drespoke.docs.write=true} to write the file anew;
 * the difference is then to be reviewed.
 */
class ConnectionMachineTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "connection-states.md");
  private static final Throwable LOST = new ConnectionLostException("lost", true, null);
  private static final Throwable TERMINAL = new AuthenticationException("no");

  /** A machine in some state, and the epoch of its latest attempt. */
  private static final class Case {
    final ConnectionMachine machine;
    long epoch;

    Case(boolean reconnect, ReconnectPolicy policy) {
      machine = new ConnectionMachine(reconnect, policy);
    }

    List<ConnectionEffect> run(List<ConnectionEffect> effects) {
      for (ConnectionEffect effect : effects) {
        if (effect instanceof ConnectionEffect.BeginAttempt begin) {
          epoch = begin.epoch();
        }
      }
      return effects;
    }

    Case with(Function<Case, List<ConnectionEffect>> input) {
      run(input.apply(this));
      return this;
    }
  }

  private static Case made() {
    return new Case(true, ReconnectPolicy.defaults().withMaxElapsed(Duration.ofSeconds(60)));
  }

  private static List<ConnectionEffect> lose(Case c) {
    return c.machine.lost(c.epoch, DisconnectReason.NETWORK, LOST, 0, 0.5);
  }

  private static Map<String, Supplier<Case>> states() {
    Map<String, Supplier<Case>> states = new LinkedHashMap<>();
    states.put("DISCONNECTED", ConnectionMachineTableTest::made);
    states.put("CONNECTING", () -> made().with(c -> c.machine.connect(0)));
    states.put(
        "CONNECTED",
        () -> made().with(c -> c.machine.connect(0)).with(c -> c.machine.online(c.epoch)));
    states.put(
        "CONNECTED again, not restored yet",
        () ->
            states
                .get("CONNECTED")
                .get()
                .with(ConnectionMachineTableTest::lose)
                .with(c -> c.machine.reconnectNow())
                .with(c -> c.machine.online(c.epoch)));
    states.put(
        "RECONNECTING", () -> states.get("CONNECTED").get().with(ConnectionMachineTableTest::lose));
    states.put(
        "DISCONNECTING", () -> states.get("CONNECTED").get().with(c -> c.machine.disconnect()));
    states.put(
        "DISCONNECTING, connect was called",
        () -> states.get("DISCONNECTING").get().with(c -> c.machine.connect(0)));
    states.put(
        "DISCONNECTING, close was called",
        () -> states.get("CONNECTED").get().with(c -> c.machine.close()));
    states.put("CLOSED", () -> made().with(c -> c.machine.close()));
    return states;
  }

  private static Map<String, Function<Case, List<ConnectionEffect>>> inputs() {
    Map<String, Function<Case, List<ConnectionEffect>>> inputs = new LinkedHashMap<>();
    inputs.put("connect", c -> c.machine.connect(0));
    inputs.put("disconnect", c -> c.machine.disconnect());
    inputs.put("close", c -> c.machine.close());
    inputs.put("reconnectNow", c -> c.machine.reconnectNow());
    inputs.put("the wait is over", c -> c.machine.retryDue(c.epoch));
    inputs.put("an older wait is over", c -> c.machine.retryDue(c.epoch - 1));
    inputs.put("the attempt succeeds", c -> c.machine.online(c.epoch));
    inputs.put("an abandoned attempt succeeds", c -> c.machine.online(c.epoch - 1));
    inputs.put("the attempt fails", c -> c.machine.failed(c.epoch, LOST, 0, 0.5));
    inputs.put(
        "the attempt fails, reconnect is off",
        c -> {
          c.machine.configure(false, ReconnectPolicy.defaults());
          return c.machine.failed(c.epoch, LOST, 0, 0.5);
        });
    inputs.put("the attempt fails for good", c -> c.machine.failed(c.epoch, TERMINAL, 0, 0.5));
    inputs.put(
        "the attempt fails and a limit is reached",
        c -> c.machine.failed(c.epoch, LOST, 60_000, 0.5));
    inputs.put("an abandoned attempt fails", c -> c.machine.failed(c.epoch - 1, LOST, 0, 0.5));
    inputs.put("the connection is lost", ConnectionMachineTableTest::lose);
    inputs.put(
        "the connection is lost, reconnect is off",
        c -> {
          c.machine.configure(false, ReconnectPolicy.defaults());
          return lose(c);
        });
    inputs.put(
        "an older connection is lost",
        c -> c.machine.lost(c.epoch - 1, DisconnectReason.NETWORK, LOST, 0, 0.5));
    inputs.put("logged out", c -> c.machine.loggedOut(0));
    return inputs;
  }

  @Test
  void theDocumentShowsWhatEveryInputDoesInEveryState() throws IOException {
    String table = document();
    if (Boolean.getBoolean("respoke.docs.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, table);
    }
    assertEquals(Files.readString(DOCUMENT), table);
  }

  private static String document() {
    StringBuilder out =
        new StringBuilder(
            """
            # Connection states

            What `ConnectionMachine` does with every input in every state. Inputs that are not listed for a state do
            nothing in it. Written by `ConnectionMachineTableTest`, which fails when this page and the code differ; run it
            with `-Drespoke.docs.write=true` to write the page anew.

            What leads in and out of each state is described at `io.respoke.ConnectionState`. The effects are those of
            `ConnectionEffect`, carried out in this order by `ConnectionDriver`; the change of state is among them where the
            arrow stands.
            """);
    states()
        .forEach(
            (state, make) -> {
              out.append("\n## ").append(state).append("\n\n| input | effects |\n|---|---|\n");
              inputs()
                  .forEach(
                      (input, apply) -> {
                        String effects = effects(make.get(), apply);
                        if (!effects.isEmpty()) {
                          out.append("| ").append(input).append(" | ").append(effects);
                          out.append(" |\n");
                        }
                      });
            });
    return out.toString();
  }

  private static String effects(Case c, Function<Case, List<ConnectionEffect>> input) {
    ConnectionState before = c.machine.state();
    List<ConnectionEffect> effects = c.run(input.apply(c));
    List<String> words = new ArrayList<>();
    ConnectionState announced = before;
    for (ConnectionEffect effect : effects) {
      if (effect instanceof ConnectionEffect.ChangeState change) {
        assertEquals(announced, change.oldState(), "changes of state must be gapless");
        announced = change.newState();
      }
      words.add(words(effect));
    }
    assertEquals(c.machine.state(), announced, "every change of state must be announced");
    return String.join(", ", words);
  }

  private static String words(ConnectionEffect effect) {
    if (effect instanceof ConnectionEffect.ChangeState e) {
      return "**→ " + e.newState() + "**" + (e.cause() == null ? "" : " with the cause");
    }
    if (effect instanceof ConnectionEffect.BeginAttempt e) {
      return "BeginAttempt " + e.attempt();
    }
    if (effect instanceof ConnectionEffect.AttemptFailed e) {
      return "AttemptFailed " + e.attempt() + (e.willRetry() ? ", will retry" : ", last");
    }
    if (effect instanceof ConnectionEffect.ScheduleRetry e) {
      return "ScheduleRetry as attempt " + e.attempt();
    }
    if (effect instanceof ConnectionEffect.Online e) {
      return "Online" + (e.asked() ? " as asked" : "") + (e.downSince() < 0 ? "" : " after a drop");
    }
    if (effect instanceof ConnectionEffect.Offline e) {
      return "Offline " + e.reason() + (e.willReconnect() ? ", will reconnect" : "");
    }
    if (effect instanceof ConnectionEffect.FailConnect e) {
      return "FailConnect " + e.error().getClass().getSimpleName();
    }
    return effect.getClass().getSimpleName();
  }
}
