package io.respoke.core.plugin;

import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.HangupReason;
import io.respoke.spi.Telemetry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Several telemetries as one; a broken one does not break the client. */
public final class Telemetries implements Telemetry {
  private static final Logger LOG = System.getLogger(Telemetries.class.getName());
  private final List<Telemetry> all;

  private Telemetries(List<Telemetry> all) {
    this.all = all;
  }

  /** One for all; {@link Telemetry#NONE} for none, so that nothing is measured for nobody. */
  public static Telemetry of(List<Telemetry> all) {
    return all.isEmpty() ? NONE : new Telemetries(List.copyOf(all));
  }

  private void tell(Consumer<Telemetry> call) {
    for (Telemetry one : all) {
      try {
        call.accept(one);
      } catch (RuntimeException | Error e) { // a plug-in that does not fit throws LinkageErrors
        LOG.log(Level.WARNING, "Telemetry " + one.getClass().getName() + " failed", e);
      }
    }
  }

  @Override
  public void created(Client client) {
    tell(one -> one.created(client));
  }

  @Override
  public void stateChanged(ConnectionState oldState, ConnectionState newState) {
    tell(one -> one.stateChanged(oldState, newState));
  }

  @Override
  public void reconnected(Duration downtime, int attempts) {
    tell(one -> one.reconnected(downtime, attempts));
  }

  @Override
  public void requestEnded(String method, String route, Outcome outcome, Duration latency) {
    tell(one -> one.requestEnded(method, route, outcome, latency));
  }

  @Override
  public void pendingRequests(int count) {
    tell(one -> one.pendingRequests(count));
  }

  @Override
  public void messageReceived(boolean inGroup) {
    tell(one -> one.messageReceived(inGroup));
  }

  @Override
  public void messageSent(boolean inGroup) {
    tell(one -> one.messageSent(inGroup));
  }

  @Override
  public void callStarted(boolean incoming) {
    tell(one -> one.callStarted(incoming));
  }

  @Override
  public void callEnded(boolean incoming, HangupReason reason, Duration connected) {
    tell(one -> one.callEnded(incoming, reason, connected));
  }

  @Override
  public Map<String, String> callContext() {
    return gather(Telemetry::callContext);
  }

  @Override
  public Map<String, String> messageContext() {
    return gather(Telemetry::messageContext);
  }

  private Map<String, String> gather(Function<Telemetry, Map<String, String>> question) {
    Map<String, String> all = new LinkedHashMap<>();
    tell(one -> question.apply(one).forEach(all::putIfAbsent));
    return all;
  }

  @Override
  public void eventsDropped(long count) {
    tell(one -> one.eventsDropped(count));
  }

  @Override
  public void closed() {
    tell(Telemetry::closed);
  }
}
