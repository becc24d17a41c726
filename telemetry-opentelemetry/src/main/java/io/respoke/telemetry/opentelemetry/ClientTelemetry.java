package io.respoke.telemetry.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.respoke.Client;
import io.respoke.HangupReason;
import io.respoke.spi.Telemetry;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one client tells, counted together with others. */
final class ClientTelemetry implements Telemetry {
  private final OpenTelemetry openTelemetry;
  private final String tag;
  private final boolean traceMessages;
  private volatile @Nullable Client client;
  private volatile @Nullable ClientMeters meters;

  ClientTelemetry(OpenTelemetry openTelemetry, String tag, boolean traceMessages) {
    this.openTelemetry = openTelemetry;
    this.tag = tag;
    this.traceMessages = traceMessages;
  }

  @Override
  public void created(Client created) {
    client = created;
    meters = ClientMeters.join(openTelemetry, tag, created);
  }

  @Override
  public void closed() {
    ClientMeters joined = meters;
    Client left = client;
    meters = null;
    client = null;
    if (joined != null && left != null) {
      joined.leave(left);
    }
  }

  @Override
  public void reconnected(Duration downtime, int attempts) {
    ClientMeters told = meters;
    if (told != null) {
      told.reconnected(downtime);
    }
  }

  @Override
  public void requestEnded(String method, String route, Outcome outcome, Duration latency) {
    ClientMeters told = meters;
    if (told != null) {
      told.requestEnded(method, route, outcome, latency);
    }
  }

  @Override
  public void messageReceived(boolean inGroup) {
    ClientMeters told = meters;
    if (told != null) {
      told.messageReceived(inGroup);
    }
  }

  @Override
  public void messageSent(boolean inGroup) {
    ClientMeters told = meters;
    if (told != null) {
      told.messageSent(inGroup);
    }
  }

  @Override
  public void callStarted(boolean incoming) {
    ClientMeters told = meters;
    if (told != null) {
      told.callStarted(incoming);
    }
  }

  @Override
  public void callEnded(boolean incoming, HangupReason reason, Duration connected) {
    ClientMeters told = meters;
    if (told != null) {
      told.callEnded(incoming, reason, connected);
    }
  }

  @Override
  public Map<String, String> callContext() {
    return TraceContext.current(openTelemetry);
  }

  @Override
  public Map<String, String> messageContext() {
    return traceMessages ? TraceContext.current(openTelemetry) : Map.of();
  }

  @Override
  public void eventsDropped(long count) {
    ClientMeters told = meters;
    if (told != null) {
      told.eventsDropped(count);
    }
  }
}
