package io.respoke.core.call;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallState;
import io.respoke.CallTarget;
import io.respoke.Conference;
import io.respoke.ConnectionLostException;
import io.respoke.DirectConnection;
import io.respoke.DirectConnectionOptions;
import io.respoke.HostedConference;
import io.respoke.RequestTimeoutException;
import io.respoke.core.json.Companions;
import io.respoke.core.runtime.Failures;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.IncomingCall;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.protocol.CallerId;
import io.respoke.protocol.EventHeader;
import io.respoke.protocol.MalformedSignalException;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.ServerEvent;
import io.respoke.protocol.Signal;
import io.respoke.protocol.SignalCodec;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls and direct connections of one client: starts them, and brings signals to them. Signals
 * come on the serial context; the rest may be called on any thread.
 */
public final class Calls {
  /** So many at once; an offer beyond it is answered with busy. */
  static final int LIMIT = 1000;

  private final CallHost host;
  private final Map<String, CallDriver> live = new ConcurrentHashMap<>();
  private final Map<String, DefaultHostedConference> hosted = new ConcurrentHashMap<>();
  private final EarlySignals early = new EarlySignals();
  private final Byes byes = new Byes(Calls::newId);

  /** No calls yet. */
  public Calls(CallHost host) {
    this.host = host;
  }

  // --- starting

  /** Calls an endpoint. */
  public Call startCall(String endpointId, CallOptions options) {
    return call(OutgoingSignal.WEB, endpointId, options, CallWords.of(options.target()));
  }

  /** Calls a phone number. */
  public Call startPhoneCall(String number, CallOptions options) {
    return call(OutgoingSignal.DID, number, audioOnly(options), Signal.CALL);
  }

  /** Calls over SIP. */
  public Call startSipCall(String address, CallOptions options) {
    return call(OutgoingSignal.SIP, address, audioOnly(options), Signal.CALL);
  }

  /** Takes part in a conference. */
  public Conference joinConference(String id, CallOptions options) {
    CallOptions joining = options.toBuilder().target(CallTarget.CONFERENCE).build();
    Call call = call(OutgoingSignal.CONFERENCE, id, joining, Signal.CONFERENCE);
    return new DefaultConference(host, id, call);
  }

  /** Hosts a conference, also after the connection was lost and has come back. */
  public CompletionStage<HostedConference> hostConference(String id) {
    DefaultHostedConference conference =
        new DefaultHostedConference(host, id, () -> hosted.remove(id));
    return host.expose(
        conference
            .open()
            .thenApply(
                done -> {
                  hosted.put(id, conference);
                  return conference;
                }));
  }

  private static CallOptions audioOnly(CallOptions options) {
    return options.toBuilder().audio(true).video(false).build();
  }

  private Call call(String type, String id, CallOptions options, String target) {
    CallerId callerId =
        options
            .callerId()
            .map(shown -> new CallerId(shown.name().orElse(null), shown.number().orElse(null)))
            .orElse(null);
    CallIdentity identity =
        new CallIdentity(
            newId(),
            target,
            true,
            type,
            id,
            type,
            id,
            options.connectionId().orElse(null),
            metadata(options.metadata()),
            callerId,
            Calls::newId);
    DefaultCall call = (DefaultCall) begin(identity, DefaultCall::new).outlet();
    call.start(options, true, false);
    return call;
  }

  /** Offers a direct connection. */
  public DirectConnection startDirectConnection(
      String endpointId, DirectConnectionOptions options) {
    CallIdentity identity =
        new CallIdentity(
            newId(),
            Signal.DIRECT_CONNECTION,
            true,
            OutgoingSignal.WEB,
            endpointId,
            OutgoingSignal.WEB,
            endpointId,
            options.connectionId().orElse(null),
            metadata(options.metadata()),
            null,
            Calls::newId);
    DefaultDirectConnection direct =
        (DefaultDirectConnection) begin(identity, DefaultDirectConnection::new).outlet();
    direct.start(options);
    return direct;
  }

  private @Nullable JsonValue metadata(Optional<JsonValue> given) {
    return Companions.ofMetadata(given.orElse(null), host.events().telemetry().callContext());
  }

  private CallDriver begin(CallIdentity identity, Function<CallDriver, CallOutlet> outlet) {
    if (!host.client().isConnected()) {
      throw new ConnectionLostException(
          "Cannot call " + identity.remoteId() + ": the client is not connected", false, null);
    }
    CallDriver driver = driver(identity, outlet);
    live.put(identity.sessionId(), driver);
    return driver;
  }

  private CallDriver driver(CallIdentity identity, Function<CallDriver, CallOutlet> outlet) {
    return new CallDriver(
        host,
        identity,
        CallTimes.of(host.options().ringTimeout(), host.options().mediaConnectTimeout()),
        outlet,
        new CallDriver.Leaving() {
          @Override
          public CompletableFuture<?> bye(OutgoingSignal bye, CallState from) {
            byes.said(new Byes.Said(bye, identity.caller(), from), now());
            return say(bye);
          }

          @Override
          public void over() {
            live.remove(identity.sessionId());
            early.ended(identity.sessionId(), now());
          }
        });
  }

  // --- what there is

  /** The media calls that have not ended. */
  public List<Call> calls() {
    return live.values().stream()
        .map(CallDriver::outlet)
        .filter(Call.class::isInstance)
        .map(Call.class::cast)
        .toList();
  }

  /** One media call. */
  public Optional<Call> call(String id) {
    return Optional.ofNullable(live.get(id))
        .map(CallDriver::outlet)
        .filter(Call.class::isInstance)
        .map(Call.class::cast);
  }

  /** The direct connections that have not ended. */
  public List<DirectConnection> directConnections() {
    return live.values().stream()
        .map(CallDriver::outlet)
        .filter(DirectConnection.class::isInstance)
        .map(DirectConnection.class::cast)
        .toList();
  }

  /** Ends all of them soon: the client is about to be disconnected on purpose. */
  public void end() {
    hosted.clear();
    live.values().forEach(CallDriver::clientClosed);
  }

  /**
   * Ends those that have come since {@link #end}, before this returns: the client is being
   * disconnected on purpose, or is closed. On the serial context.
   */
  public void endNow() {
    hosted.clear();
    live.values().forEach(CallDriver::clientClosedNow);
  }

  /** The client has another connection than before. On the serial context. */
  public void reconnected() {
    byes.again(now()).forEach(this::say);
    live.values().forEach(CallDriver::reconnected);
    hosted.values().forEach(this::hostAgain);
  }

  private void hostAgain(DefaultHostedConference conference) {
    conference
        .open()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                Throwable why = Failures.unwrap(failure);
                host.events()
                    .fire(new ErrorOccurred(host.client(), ErrorOccurred.Origin.CONFERENCE, why));
              }
            });
  }

  // --- signals, on the serial context

  /** The service has pushed a signal. */
  public void received(ServerEvent.Signal event) {
    Signal signal;
    try {
      signal = SignalCodec.decode(event.body());
    } catch (MalformedSignalException e) {
      host.events().fire(new ErrorOccurred(host.client(), ErrorOccurred.Origin.PROTOCOL, e));
      return;
    }
    EventHeader header = event.header();
    CallMachine.Sender sender = sender(header);
    CallDriver driver = live.get(signal.sessionId());
    if (driver != null) {
      String sdp = Descriptions.of(signal, driver.localOffer());
      if (sdp != null && driver.outlet() instanceof DefaultCall call) {
        describe(call, driver, signal, sdp);
      }
      driver.received(signal, sdp, sender);
    } else if (signal instanceof Signal.Offer offer) {
      offered(offer, header, sender);
    } else if (signal instanceof Signal.IceCandidates candidates) {
      early.keep(candidates, sender, now());
    } else if (signal instanceof Signal.Bye) {
      early.ended(signal.sessionId(), now());
    } else {
      OutgoingSignal bye = byes.answerTo(signal, sender, now());
      if (bye != null) {
        // Anybody may ask for it as often as they like, so it counts as any other request.
        CompletableFuture<?> unused = host.signal(bye.toJson());
      }
    }
  }

  /** An answer tells the caller what the callee sends; the offer was looked at when it rang. */
  private static void describe(DefaultCall call, CallDriver driver, Signal signal, String sdp) {
    if (driver.identity().caller() && signal instanceof Signal.Answer) {
      call.offered(OfferedMedia.of(sdp));
    }
  }

  private CallMachine.Sender sender(EventHeader header) {
    String own = host.client().endpointId().orElse("");
    // A copy of what another own connection sent names the one it was for.
    boolean self =
        header.toOriginal() != null || (own.equals(header.from()) && !own.equals(header.to()));
    return new CallMachine.Sender(header.from(), header.fromConnection(), self);
  }

  private void offered(Signal.Offer offer, EventHeader header, CallMachine.Sender sender) {
    String from = header.from();
    String sdp = Descriptions.of(offer, null);
    if (from == null || sdp == null || sender.self() || early.hasEnded(offer.sessionId(), now())) {
      return;
    }
    if (isLeaving()) {
      // It would ring with nobody to end it. It is not refused, as another connection of this
      // endpoint may take it; if there is none, the service ends it.
      return;
    }
    boolean data = offer.target().equals(Signal.DIRECT_CONNECTION);
    CallIdentity identity =
        new CallIdentity(
            offer.sessionId(),
            offer.target(),
            false,
            CallWords.of(CallWords.addressType(header.fromType())),
            from,
            CallWords.of(CallWords.addressType(header.toType())),
            header.to() == null ? host.client().endpointId().orElse("") : header.to(),
            null,
            offer.metadata(),
            offer.callerId(),
            Calls::newId);
    if (live.size() >= LIMIT) {
      refuse(identity, header.fromConnection(), "busy");
      return;
    }
    // Asked before there is a call: one that nobody hears of would be left behind.
    if (!host.isHeard(
        identity.isWeb() || data ? from : null,
        data ? IncomingDirectConnection.class : IncomingCall.class)) {
      if (host.options().rejectUnhandledCalls()) {
        refuse(identity, header.fromConnection(), null);
      }
      return;
    }
    CallDriver driver = driver(identity, data ? DefaultDirectConnection::new : DefaultCall::new);
    if (driver.outlet() instanceof DefaultCall call) {
      call.offered(OfferedMedia.of(sdp));
    }
    live.put(offer.sessionId(), driver);
    driver.received(offer, sdp, sender);
    for (EarlySignals.Kept kept : early.take(offer.sessionId(), now())) {
      driver.received(kept.signal(), null, kept.sender());
    }
  }

  /** Says what belongs to the end of a session; a bye that may be lost is kept. */
  private CompletableFuture<?> say(OutgoingSignal signal) {
    return host.bye(signal.toJson())
        .whenComplete(
            (answer, failure) -> {
              Throwable cause = failure == null ? null : Failures.unwrap(failure);
              boolean lost =
                  cause instanceof ConnectionLostException
                      || cause instanceof RequestTimeoutException;
              if (lost && signal.signal() instanceof Signal.Bye bye) {
                byes.notSent(bye.sessionId());
              }
            });
  }

  /** The socket is read until logging out is done. */
  private boolean isLeaving() {
    return switch (host.client().state()) {
      case DISCONNECTING, DISCONNECTED, CLOSED -> true;
      case CONNECTING, CONNECTED, RECONNECTING -> false;
    };
  }

  /** Hangs up a session that never began here. */
  private void refuse(CallIdentity identity, @Nullable String connection, @Nullable String why) {
    early.ended(identity.sessionId(), now());
    Signal.Bye bye =
        new Signal.Bye(identity.sessionId(), identity.target(), newId(), why, connection);
    CompletableFuture<?> unused =
        host.signal(
            new OutgoingSignal(identity.remoteId(), identity.remoteType(), connection, true, bye)
                .toJson());
  }

  private long now() {
    return host.engine().runtime().scheduler().now();
  }

  /** As respoke.js writes them: upper case. */
  private static String newId() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }
}
