package io.respoke.cdi.suite;

import io.respoke.cdi.FromEndpoint;
import io.respoke.cdi.InGroup;
import io.respoke.cdi.OnCall;
import io.respoke.cdi.RespokeClient;
import io.respoke.event.CallEvent;
import io.respoke.event.Connected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.IncomingCall;
import io.respoke.event.MessageEvent;
import io.respoke.event.MessageReceived;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** Observers of every kind; each notes what it saw under its own name. */
@ApplicationScoped
public class ProbeObservers {
  /** What makes an observer throw. */
  public static final String TROUBLE = "trouble";

  /** What makes an asynchronous observer wait for {@link #GO_ON}. */
  public static final String WAIT = "wait for the other";

  /** What ends that. */
  public static final String GO_ON = "go on";

  @Inject Probe probe;
  @Inject PerRequest first;
  @Inject PerRequest second;
  @Inject PerCall ofTheCall;

  void connected(@Observes Connected event) {
    probe.saw("connected", event.endpointId());
  }

  void throwing(@Observes @Priority(1) MessageReceived event) {
    if (event.message().text().equals(TROUBLE)) {
      throw new IllegalArgumentException("in trouble");
    }
  }

  void message(@Observes MessageReceived event) {
    probe.saw("message", event.message().text());
  }

  void anyMessage(@Observes MessageEvent event) {
    probe.saw("anyMessage", event.message().text());
  }

  void async(@ObservesAsync MessageReceived event) throws Exception {
    if (event.message().text().equals(TROUBLE)) {
      throw new IllegalStateException("in trouble elsewhere");
    } else if (event.message().text().equals(WAIT)) {
      probe.saw("waited for", probe.next("other"));
    } else if (event.message().text().equals(GO_ON)) {
      probe.saw("other", GO_ON);
    }
    probe.saw("async", event.message().text());
  }

  void sales(@Observes @RespokeClient("sales") MessageReceived event) {
    probe.saw("sales", event.message().text());
  }

  void kirk(@Observes @FromEndpoint("kirk") MessageReceived event) {
    probe.saw("kirk", event.message().text());
  }

  void kirkOnTheBridge(
      @Observes @FromEndpoint("kirk") @InGroup("bridge") GroupMessageReceived event) {
    probe.saw("kirkOnTheBridge", event.message().text());
  }

  void bridge(@Observes @InGroup("bridge") GroupMessageReceived event) {
    probe.saw("bridge", event.message().text());
  }

  void incoming(@Observes @OnCall(OnCall.Direction.INCOMING) IncomingCall event) {
    probe.saw("incoming", event.call().remoteId());
  }

  void outgoing(@Observes @OnCall(OnCall.Direction.OUTGOING) IncomingCall event) {
    probe.saw("outgoing", event.call().remoteId());
  }

  void call(@Observes CallEvent event, PerCall perCall) {
    probe.saw("call " + event.call().id(), name(event) + ' ' + perCall.number());
  }

  void callAsync(@ObservesAsync CallEvent event) {
    probe.saw("callAsync " + event.call().id(), name(event) + ' ' + ofTheCall.number());
  }

  private static String name(CallEvent event) {
    return event.getClass().getSimpleName();
  }

  void request(@Observes MessageReceived event, PerRequest argument) {
    boolean one = first.number() == second.number() && first.number() == argument.number();
    probe.saw("request", one ? String.valueOf(first.number()) : "several");
  }

  void loader(@Observes MessageReceived event) throws ClassNotFoundException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    probe.saw("loader", Class.forName(Probe.class.getName(), false, context).getSimpleName());
  }

  void error(@Observes ErrorOccurred event) {
    probe.saw("error", event.origin() + ": " + event.error().getMessage());
  }
}
