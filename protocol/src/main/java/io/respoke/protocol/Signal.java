package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two clients say to each other to make, change and end a call or a direct connection
 * (protocol-calls §1).
 *
 * <p>Everything about one call has the same {@link #sessionId}, also when it is renegotiated.
 * Session ids are opaque and compared as they are. Texts of the wire are kept as they came, so a
 * value this version does not know is no failure.
 */
public sealed interface Signal {
  /** The {@link #target} of a call with audio or video; also what a missing one means. */
  String CALL = "call";

  /** The {@link #target} of a data channel. */
  String DIRECT_CONNECTION = "directConnection";

  /** The {@link #target} of a shared screen. */
  String SCREEN_SHARE = "screenshare";

  /** The {@link #target} of a conference as respoke.js names it. */
  String CONFERENCE = "conference";

  /** The call it belongs to. */
  String sessionId();

  /** What kind of session it is; {@link #CALL} unless the sender said otherwise. */
  String target();

  /** The sender's name for this one signal, or {@code null}. */
  @Nullable String signalId();

  /** Its type on the wire. */
  String signalType();

  /**
   * Begins a session, or changes one. At least one of the two descriptions is there.
   *
   * @param sdp the session description, or {@code null} when only the parsed form came
   * @param parsedSdp the session description as Asterisk writes and reads it, or {@code null}
   * @param metadata what the calling application says, or {@code null}
   * @param callerId who calls, or {@code null}
   * @param conferenceId the conference it invites to, or {@code null}
   * @param connectionId the recipient's connection, when the sender knows it
   */
  record Offer(
      String sessionId,
      String target,
      @Nullable String signalId,
      @Nullable String sdp,
      @Nullable JsonObject parsedSdp,
      @Nullable JsonValue metadata,
      @Nullable CallerId callerId,
      @Nullable String conferenceId,
      @Nullable String connectionId)
      implements Signal {
    /** Checks that there is a description. */
    public Offer {
      SignalCodec.described(sdp, parsedSdp);
    }

    /** A plain offer with a description as text. */
    public Offer(String sessionId, String target, @Nullable String signalId, String sdp) {
      this(sessionId, target, signalId, sdp, null, null, null, null, null);
    }

    @Override
    public String signalType() {
      return "offer";
    }
  }

  /**
   * Takes an offer. At least one of the two descriptions is there.
   *
   * @param sdp the session description, or {@code null} when only the parsed form came
   * @param parsedSdp the session description as Asterisk writes and reads it, or {@code null}
   * @param connectionId the recipient's connection, when the sender knows it
   */
  record Answer(
      String sessionId,
      String target,
      @Nullable String signalId,
      @Nullable String sdp,
      @Nullable JsonObject parsedSdp,
      @Nullable String connectionId)
      implements Signal {
    /** Checks that there is a description. */
    public Answer {
      SignalCodec.described(sdp, parsedSdp);
    }

    /** A plain answer with a description as text. */
    public Answer(
        String sessionId,
        String target,
        @Nullable String signalId,
        String sdp,
        @Nullable String connectionId) {
      this(sessionId, target, signalId, sdp, null, connectionId);
    }

    @Override
    public String signalType() {
      return "answer";
    }
  }

  /**
   * The caller tells all connections of the callee who of them won.
   *
   * @param connectionId the connection whose answer was taken, or {@code null} when the sender
   *     failed to say, which real clients take for "not you"
   */
  record Connected(
      String sessionId, String target, @Nullable String signalId, @Nullable String connectionId)
      implements Signal {
    @Override
    public String signalType() {
      return "connected";
    }
  }

  /**
   * Network paths to the sender.
   *
   * @param candidates new ones; may be empty
   * @param finalCandidates all of the session, in the last signal of a sender that says so; {@code
   *     null} in the others
   * @param connectionId the recipient's connection, when the sender knows it
   */
  record IceCandidates(
      String sessionId,
      String target,
      @Nullable String signalId,
      List<Candidate> candidates,
      @Nullable List<Candidate> finalCandidates,
      @Nullable String connectionId)
      implements Signal {
    /** Copies. */
    public IceCandidates {
      candidates = List.copyOf(candidates);
      finalCandidates = finalCandidates == null ? null : List.copyOf(finalCandidates);
    }

    @Override
    public String signalType() {
      return "iceCandidates";
    }
  }

  /**
   * Asks to renegotiate, or answers that.
   *
   * @param action {@link #INITIATE}, {@link #ACCEPT} or {@link #REJECT}; anything else is kept;
   *     {@code null} from respoke.js 1.56.0, whose list of the fields it sends
   *     (signalingMessage.js) lacks this one, so that what it means must be concluded from when it
   *     comes
   * @param connectionId the recipient's connection, when the sender knows it
   */
  record Modify(
      String sessionId,
      String target,
      @Nullable String signalId,
      @Nullable String action,
      @Nullable String connectionId)
      implements Signal {
    /** Asks. */
    public static final String INITIATE = "initiate";

    /** Agrees: the one who asked sends an offer now. */
    public static final String ACCEPT = "accept";

    /** Declines. */
    public static final String REJECT = "reject";

    @Override
    public String signalType() {
      return "modify";
    }
  }

  /**
   * Ends a session.
   *
   * @param reason why, or {@code null}
   * @param redirection whom to call instead, or {@code null}
   * @param connectionId the recipient's connection, when the sender knows it
   */
  record Bye(
      String sessionId,
      String target,
      @Nullable String signalId,
      @Nullable String reason,
      @Nullable Redirection redirection,
      @Nullable String connectionId)
      implements Signal {
    /** A bye without a redirection. */
    public Bye(
        String sessionId,
        String target,
        @Nullable String signalId,
        @Nullable String reason,
        @Nullable String connectionId) {
      this(sessionId, target, signalId, reason, null, connectionId);
    }

    @Override
    public String signalType() {
      return "bye";
    }
  }

  /**
   * Whom to call instead.
   *
   * @param endpointId the endpoint, number or address
   * @param endpointType {@code web}, {@code did}, {@code sip}; or {@code null}
   * @param appId another app, or {@code null} for the same
   */
  record Redirection(String endpointId, @Nullable String endpointType, @Nullable String appId) {}

  /**
   * How far a call has come, in the words of Asterisk.
   *
   * @param status {@code ringing}, {@code busy}, {@code service unavailable}, {@code incomplete
   *     address}, {@code trying}, {@code in progress} or {@code redirecting}; anything else is kept
   */
  record Status(String sessionId, String target, @Nullable String signalId, String status)
      implements Signal {
    @Override
    public String signalType() {
      return "status";
    }
  }

  /**
   * Asterisk cannot go on; {@code error} on the wire.
   *
   * @param sessionId the session, or {@code "-"} when the sender does not know which
   * @param detail why, or {@code null}
   */
  record CallError(
      String sessionId, String target, @Nullable String signalId, @Nullable String detail)
      implements Signal {
    @Override
    public String signalType() {
      return "error";
    }
  }

  /**
   * Confirms a signal. No client sends it; whoever gets one ignores it.
   *
   * @param ackedSignalType what it confirms, or {@code null}
   */
  record Ack(
      String sessionId, String target, @Nullable String signalId, @Nullable String ackedSignalType)
      implements Signal {
    @Override
    public String signalType() {
      return "ack";
    }
  }

  /**
   * A type this version does not know.
   *
   * @param signalType the type
   * @param raw what came, whole
   */
  record Unknown(
      String sessionId, String target, @Nullable String signalId, String signalType, JsonObject raw)
      implements Signal {}
}
