package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Role;
import io.respoke.service.routes.SignalDelivery.Parcel;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.CallSession;
import io.respoke.service.state.CallSession.Party;
import io.respoke.service.state.CallSession.Side;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Figures;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the signals of calls (protocol-wire §4.6, §5.6) and gives them to whom {@link CallSession}
 * says. The answer goes first, then the signal.
 */
final class SignalRoutes {
  private static final String WEB = "web";
  private static final String CONFERENCE = "conference";

  private final Access access;
  private final Settings settings;
  private final SignalDelivery delivery;
  private final Figures figures;

  SignalRoutes(Access access, Settings settings, SignalDelivery delivery, Figures figures) {
    this.figures = figures;
    this.access = access;
    this.settings = settings;
    this.delivery = delivery;
  }

  void addTo(Router router) {
    router.add("post", "signaling", this::relay);
  }

  private Answer relay(Request request) {
    SignalPost post = SignalPost.of(request, access);
    figures.count(Figures.Counter.SIGNALS);
    if (post.type().equals("ack")) {
      return Answer.success();
    }
    CallSession session =
        post.sessionId() == null ? null : post.space().calls().find(post.sessionId());
    if (session != null) {
      return known(post, session);
    }
    return post.type().equals("offer") ? begin(post) : unknown(post);
  }

  /** A new session: whoever it is for must be there, or the caller would ring for ever. */
  private Answer begin(SignalPost post) {
    if (post.toType().equals(WEB) && post.toConnection() == null) {
      // Also when nobody is there: that is what a notification is for.
      PushFeed.call(post.request(), post.space(), post.header(), post.to(), post.signal());
    }
    Collection<Connection> recipients = addressed(post);
    if (recipients.isEmpty()) {
      throw unreachable(post);
    }
    Parcel parcel = post.parcel(null);
    String sessionId = post.sessionId();
    if (sessionId != null) {
      figures.count(Figures.Counter.CALLS);
      String fromType = post.header().fromType();
      CallSession session =
          post.space()
              .calls()
              .begin(
                  sessionId,
                  or(post.member("target"), "call"),
                  new Party(
                      post.sender().endpointId(),
                      fromType == null ? WEB : fromType,
                      post.endpointId(),
                      post.connectionId()),
                  new Party(
                      post.to(), post.toType(), recipients.iterator().next().endpointId(), null),
                  post.request().now());
      AppFeed.started(post.space(), session, Occasion.of(post.request()));
      if (recipients.stream().anyMatch(SignalDelivery::asterisk)) {
        session.offer(SignalBodies.sdp(post.signal()));
      }
    }
    return sent(post, post.header(), recipients, parcel);
  }

  /** A session of before a restart, or of a client that knows better. */
  private Answer unknown(SignalPost post) {
    Collection<Connection> recipients =
        post.toType().equals(WEB) && post.type().equals("connected")
            ? List.copyOf(post.space().connections().of(post.to()))
            : late(post) ? List.of() : addressed(post);
    if (recipients.isEmpty() && !Set.of("bye", "status").contains(post.type())) {
      throw unreachable(post);
    }
    return sent(post, post.header(), recipients, post.parcel(null));
  }

  /** A {@code bye} for a connection that has gone is late, not wrong. */
  private static boolean late(SignalPost post) {
    return post.type().equals("bye")
        && post.toConnection() != null
        && post.space().connections().byId(post.toConnection()) == null;
  }

  private static Refused unreachable(SignalPost post) {
    return new Refused(404, "Not reachable: " + post.toType() + " " + post.to() + ".");
  }

  private Answer known(SignalPost post, CallSession session) {
    Side side = session.side(post.endpointId(), post.connectionId(), post::connected);
    Party peer = side == null ? null : session.peer(side);
    if (side == null
        || peer == null
        || !(post.to().equals(peer.address()) || post.to().equals(peer.endpointId()))) {
      throw new Refused(403, "Not authorized: no party of session " + session.id() + ".");
    }
    boolean initiates = "initiate".equals(post.member("action"));
    boolean first = !session.answered();
    boolean live = !session.ended();
    Parcel parcel = post.parcel(session);
    CallSession.Move move =
        session.take(
            post.type(),
            post.member("action"),
            side,
            post.connectionId(),
            post::connected,
            post.request().now());
    if ((move == CallSession.Move.FORK || move == CallSession.Move.PEER)
        && SignalBodies.ends(post.type(), post.member("status"))) {
      session.end(post.request().now());
    }
    if (first && session.answered()) {
      AppFeed.answered(post.space(), session, Occasion.of(post.request()));
    }
    if (live && session.ended()) {
      AppFeed.ended(post.space(), session, post.member("reason"), Occasion.of(post.request()));
    }
    EventHeader header = header(post, session, side);
    return switch (move) {
      case SWALLOW -> Answer.success();
      case OVER -> throw new Refused(404, "Session " + session.id() + " is over.");
      case FORK -> sent(post, header, late(post) ? List.of() : forked(post, session), parcel);
      case EVERYBODY -> sent(post, header, callees(post.space(), session), parcel);
      case TELL_WINNER ->
          told(post, session, side, "connected", SignalBodies.connected(session, winner(session)));
      case REJECT_MODIFY ->
          told(post, session, side, "modify", SignalBodies.rejected(session, post.connectionId()));
      case PEER -> {
        Collection<Connection> recipients = peer(post, session, side);
        if (post.type().equals("modify") && initiates && deaf(recipients)) {
          session.forgetModify();
          yield told(
              post, session, side, "modify", SignalBodies.rejected(session, post.connectionId()));
        }
        if (recipients.isEmpty() && Set.of("offer", "answer").contains(post.type())) {
          throw unreachable(post);
        }
        Answer answer = sent(post, header, recipients, parcel);
        yield first && post.type().equals("answer") ? announced(post, session, answer) : answer;
      }
    };
  }

  /** What stands behind a number or a conference speaks as that number or conference. */
  private static EventHeader header(SignalPost post, CallSession session, Side side) {
    Party self = session.party(side);
    if (side == Side.CALLER || self.type().equals(WEB)) {
      return post.header();
    }
    EventHeader header = post.header();
    String connection = header.fromConnection();
    return EventHeader.from("signal", self.address(), connection == null ? "" : connection)
        .withTo(header.to(), header.toConnection())
        .withTypes(self.type(), header.toType())
        .at(post.request().now(), post.request().requestId());
  }

  private static @Nullable String winner(CallSession session) {
    return session.party(Side.CALLEE).connectionId();
  }

  private static boolean deaf(Collection<Connection> recipients) {
    return recipients.stream()
        .anyMatch(one -> one.traits().asterisk() || one.traits().sdk().ignoresModify());
  }

  /** Who rings: as addressed, and for a conference its host only. */
  private Collection<Connection> forked(SignalPost post, CallSession session) {
    if (post.toConnection() != null && session.party(Side.CALLEE).type().equals(WEB)) {
      return MessageRoutes.recipients(
          post.space(), session.party(Side.CALLEE).endpointId(), post.toConnection());
    }
    return callees(post.space(), session);
  }

  private static Collection<Connection> callees(AppSpace space, CallSession session) {
    Party callee = session.party(Side.CALLEE);
    if (callee.type().equals(CONFERENCE)) {
      Connection host = space.conferences().host(callee.address());
      return host == null ? List.of() : List.of(host);
    }
    return List.copyOf(space.connections().of(callee.endpointId()));
  }

  /**
   * The connection that takes part; all that could be it before it is known and once it is gone.
   */
  private static Collection<Connection> peer(SignalPost post, CallSession session, Side side) {
    Party peer = session.peer(side);
    Connection one =
        peer.connectionId() == null ? null : post.space().connections().byId(peer.connectionId());
    return one == null
        ? List.copyOf(post.space().connections().of(peer.endpointId()))
        : List.of(one);
  }

  /** Where a signal of no known session goes. */
  private Collection<Connection> addressed(SignalPost post) {
    AppSpace space = post.space();
    if (post.toType().equals(WEB)) {
      return List.copyOf(MessageRoutes.recipients(space, post.to(), post.toConnection()));
    }
    if (post.toType().equals(CONFERENCE)) {
      Access.permit(post.request(), Role.ConferencePermission.JOIN, post.to());
      Connection host = space.conferences().host(post.to());
      return host == null ? List.of() : List.of(host);
    }
    String gateway = settings.gateways().get(post.toType());
    if (gateway == null) {
      throw new Refused(400, "Nothing here can be reached by the type " + post.toType() + ".");
    }
    if (post.toType().equals("did")) {
      Access.permitNumber(post.request(), post.to());
    }
    return List.copyOf(space.connections().of(gateway));
  }

  private Answer sent(
      SignalPost post, EventHeader header, Collection<Connection> recipients, Parcel parcel) {
    boolean copy = post.request().flag("ccSelf") && !post.sender().endpointId().equals(post.to());
    List<Connection> own =
        copy ? List.copyOf(post.space().connections().of(post.sender().endpointId())) : List.of();
    long now = post.request().now();
    return Answer.success()
        .then(
            () -> {
              delivery.send(recipients, null, header, parcel, now);
              delivery.send(
                  own,
                  post.connection(),
                  post.header().withTo(post.sender().endpointId(), null).withToOriginal(post.to()),
                  parcel,
                  now);
            });
  }

  /** Answers a signal with another one, in the name of the other side. */
  private Answer told(
      SignalPost post, CallSession session, Side side, String type, JsonObject body) {
    Connection sender = post.connection();
    if (sender == null) {
      return Answer.success();
    }
    Party peer = session.peer(side);
    String from = peer.connectionId() == null ? Events.NO_CONNECTION : peer.connectionId();
    EventHeader header =
        EventHeader.from("signal", peer.address(), from)
            .withTo(session.party(side).address(), sender.id())
            .withTypes(peer.type(), session.party(side).type())
            .at(post.request().now(), post.request().requestId());
    return Answer.success()
        .then(
            () ->
                delivery.send(
                    List.of(sender),
                    null,
                    header,
                    Parcel.of(type, session.id(), body),
                    post.request().now()));
  }

  /** Asterisk does not tell the callee's connections who won, so this does. */
  private Answer announced(SignalPost post, CallSession session, Answer answer) {
    Party caller = session.party(Side.CALLER);
    Connection calling =
        caller.connectionId() == null
            ? null
            : post.space().connections().byId(caller.connectionId());
    session.offer(null);
    if (calling == null || !SignalDelivery.asterisk(calling)) {
      return answer;
    }
    session.announce();
    Party callee = session.party(Side.CALLEE);
    EventHeader header =
        EventHeader.from("signal", caller.address(), calling.id())
            .withTo(callee.address(), callee.connectionId())
            .withTypes(caller.type(), callee.type())
            .at(post.request().now(), post.request().requestId());
    Collection<Connection> ringing = callees(post.space(), session);
    Parcel connected =
        Parcel.of("connected", session.id(), SignalBodies.connected(session, winner(session)));
    Runnable deliver = answer.afterwards();
    return answer.then(
        () -> {
          if (deliver != null) {
            deliver.run();
          }
          delivery.send(ringing, null, header, connected, post.request().now());
        });
  }

  private static String or(@Nullable String text, String fallback) {
    return text == null ? fallback : text;
  }
}
