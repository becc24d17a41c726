package io.respoke.service.edge;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.protocol.Frame;
import io.respoke.protocol.FrameCodec;
import io.respoke.service.routes.Credentials;
import io.respoke.service.routes.SocketPeer;
import io.respoke.service.state.Connection;
import io.respoke.service.state.SdkProfile;
import io.respoke.service.state.Session;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO session, from its handshake to the end of its socket. What the handshake said is
 * kept, because iOS does not repeat it on the WebSocket's URL (protocol-wire R-2).
 */
final class SocketSession implements SocketPeer {
  private static final int PROTOCOL_ERROR = 1002;
  private static final int TOO_LARGE = 1009;
  private static final System.Logger LOG = System.getLogger(SocketSession.class.getName());
  private static final int FLUSH_AFTER = 256;
  private static final String CONNECT = FrameCodec.encode(Frame.CONNECT);
  private static final String HEARTBEAT = FrameCodec.encode(Frame.HEARTBEAT);
  private static final String DISCONNECT = FrameCodec.encode(Frame.DISCONNECT);

  /** What a session asks of those around it. */
  interface Owner {
    /** The session has ended; its connection, if any, is still bound. */
    void ended(SocketSession session, boolean clean);

    /** Text has come. */
    void received(SocketSession session, String text);

    /** The client read too slowly. */
    void overflowed(SocketSession session);

    /** Closes the session some seconds from now unless it has a connection again. */
    Timers.Timer dropLater(SocketSession session);
  }

  private final String sid;
  private final Credentials credentials;
  private final @Nullable String sessionToken;
  private final SdkProfile sdk;
  private final AckForm ackForm;
  private final String remoteAddress;
  private final Owner owner;
  private @Nullable ServerWebSocket socket;
  private @Nullable OutboundQueue queue;
  private @Nullable Heart heart;
  private @Nullable Connection connection;
  private @Nullable String registeredBy;
  private Timers.@Nullable Timer pendingDrop;
  private boolean ended;
  private boolean meantToGo;

  /**
   * A session that waits for its transport.
   *
   * @param sessionToken the session token it was authenticated by, or {@code null}
   */
  SocketSession(
      String sid,
      Credentials credentials,
      @Nullable String sessionToken,
      SdkProfile sdk,
      AckForm ackForm,
      String remoteAddress,
      Owner owner) {
    this.sid = sid;
    this.credentials = credentials;
    this.sessionToken = sessionToken;
    this.sdk = sdk;
    this.ackForm = ackForm;
    this.remoteAddress = remoteAddress;
    this.owner = owner;
  }

  String sid() {
    return sid;
  }

  Credentials credentials() {
    return credentials;
  }

  SdkProfile sdk() {
    return sdk;
  }

  AckForm ackForm() {
    return ackForm;
  }

  String remoteAddress() {
    return remoteAddress;
  }

  boolean open() {
    return socket != null && !ended;
  }

  /** The transport has opened. */
  void opened(ServerWebSocket webSocket, int outboundLimit, Timers timers, Heart.Rhythm rhythm) {
    if (webSocket instanceof WebSocketInternal internal) {
      // Frames of one turn of the event loop share a system call.
      internal
          .channelHandlerContext()
          .pipeline()
          .addFirst(new FlushConsolidationHandler(FLUSH_AFTER, true));
    }
    OutboundQueue outbound =
        new OutboundQueue(webSocket, outboundLimit, () -> owner.overflowed(this));
    Heart beating = new Heart(rhythm, timers, () -> send(HEARTBEAT), () -> drop("no heartbeat"));
    socket = webSocket;
    queue = outbound;
    heart = beating;
    webSocket.textMessageHandler(this::received);
    webSocket.closeHandler(closed -> end(meantToGo));
    webSocket.exceptionHandler(this::failed);
    // In this order: who has the greeting may rely on the heartbeat, also when the clock is moved.
    beating.start();
    outbound.send(CONNECT);
  }

  /** What came together with the end, or after it, is nobody's: no connection may outlive it. */
  private void received(String text) {
    if (!ended) {
      owner.received(this, text);
    }
  }

  void heard(boolean heartbeat) {
    if (heart != null) {
      if (heartbeat) {
        heart.heartbeat();
      } else {
        heart.heard();
      }
    }
  }

  @Override
  public void send(String frame) {
    if (queue != null && !ended) {
      queue.send(frame);
    }
  }

  @Override
  public @Nullable Connection connection() {
    return connection;
  }

  @Override
  public void bind(Connection bound, @Nullable Session by) {
    connection = bound;
    registeredBy = by == null ? null : by.token();
    if (pendingDrop != null) {
      pendingDrop.cancel();
      pendingDrop = null;
    }
  }

  @Override
  public void unbind() {
    connection = null;
    registeredBy = null;
  }

  /** Whether it was authenticated, or its connection registered, by one of these session tokens. */
  boolean hangsOn(Set<String> sessionTokens) {
    return (sessionToken != null && sessionTokens.contains(sessionToken))
        || (registeredBy != null && sessionTokens.contains(registeredBy));
  }

  @Override
  public void dropSoon() {
    if (pendingDrop == null && !ended) {
      pendingDrop = owner.dropLater(this);
    }
  }

  @Override
  public void drop(String reason) {
    Connection bound = connection;
    LOG.log(
        System.Logger.Level.DEBUG,
        () -> "closing the socket of " + (bound == null ? "nobody" : bound.id()) + ": " + reason);
    close(1000, !sdk.closedWithoutDisconnect(), false);
  }

  /** The client has said that it goes. */
  void leave() {
    meantToGo = true;
    close(1000, false, true);
  }

  /** Says good-bye and closes the WebSocket. */
  void close(int code, boolean disconnectFrame, boolean clean) {
    if (disconnectFrame) {
      send(DISCONNECT);
    }
    ServerWebSocket open = socket;
    end(clean);
    if (open != null && !open.isClosed()) {
      var unused = open.close((short) code);
    }
  }

  /** What has come cannot be read, or the connection is gone and cannot be told. */
  private void failed(Throwable failure) {
    int code = PROTOCOL_ERROR;
    if (failure instanceof CorruptedWebSocketFrameException corrupted) {
      code = corrupted.closeStatus().code();
    } else if (failure instanceof IllegalStateException) {
      code = TOO_LARGE; // how Vert.x says that the frames of a message are too many
    }
    close(code, false, false);
  }

  /** Closes the TCP connection without a word. */
  void abort() {
    ServerWebSocket open = socket;
    end(false);
    if (open instanceof WebSocketInternal internal) {
      // From the handler's context on: the channel's own close would send a close frame first.
      var unused = internal.channelHandlerContext().close();
    }
  }

  /** Stops or resumes reading and writing. */
  void stall(boolean on) {
    if (socket != null && queue != null && !ended && !socket.isClosed()) {
      if (on) {
        socket.pause();
      } else {
        socket.resume();
      }
      queue.stall(on);
    }
  }

  /** The transport is gone, or about to go. */
  void end(boolean clean) {
    if (ended) {
      return;
    }
    ended = true;
    if (heart != null) {
      heart.stop();
    }
    if (queue != null) {
      queue.close();
    }
    if (pendingDrop != null) {
      pendingDrop.cancel();
    }
    owner.ended(this, clean);
    connection = null;
  }
}
