package io.respoke.core.call;

import io.respoke.AddressType;
import io.respoke.CallStatus;
import io.respoke.CallTarget;
import io.respoke.HangupReason;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.Signal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of the wire for the API's constants (protocol-calls §1.7, §1.11). */
final class CallWords {
  private CallWords() {}

  static String of(CallStatus status) {
    return switch (status) {
      case TRYING -> "trying";
      case RINGING -> "ringing";
      case IN_PROGRESS -> "in progress";
      case BUSY -> "busy";
      case UNAVAILABLE -> "service unavailable";
      case INCOMPLETE_ADDRESS -> "incomplete address";
      case REDIRECTING -> "redirecting";
    };
  }

  static @Nullable CallStatus status(String word) {
    for (CallStatus status : CallStatus.values()) {
      if (of(status).equals(word)) {
        return status;
      }
    }
    return null;
  }

  /** What to tell the other side when the application has no words for it. */
  static @Nullable String of(HangupReason reason) {
    return switch (reason) {
      case BUSY -> "busy";
      case UNAVAILABLE -> "service unavailable";
      case NO_ANSWER -> "no answer";
      case ICE_FAILED -> "no network path";
      case NEGOTIATION_FAILED -> "descriptions do not match";
      case MEDIA_FAILED -> "media failed";
      case CLIENT_CLOSED -> "client closed";
      default -> null;
    };
  }

  /** What the other side's word for hanging up means. */
  static HangupReason reason(@Nullable String word) {
    return switch (word == null ? "" : word) {
      case "busy" -> HangupReason.BUSY;
      case "service unavailable" -> HangupReason.UNAVAILABLE;
      case "incomplete address" -> HangupReason.INCOMPLETE_ADDRESS;
      case "no answer" -> HangupReason.NO_ANSWER;
      default -> HangupReason.REMOTE_HANGUP;
    };
  }

  static String of(CallTarget target) {
    return switch (target) {
      case CALL -> Signal.CALL;
      case SCREEN_SHARE -> Signal.SCREEN_SHARE;
      case CONFERENCE -> Signal.CONFERENCE;
    };
  }

  static CallTarget target(String word) {
    return switch (word) {
      case Signal.SCREEN_SHARE -> CallTarget.SCREEN_SHARE;
      case Signal.CONFERENCE -> CallTarget.CONFERENCE;
      default -> CallTarget.CALL;
    };
  }

  static String of(AddressType type) {
    return switch (type) {
      case WEB -> OutgoingSignal.WEB;
      case DID -> OutgoingSignal.DID;
      case SIP -> OutgoingSignal.SIP;
      case CONFERENCE -> OutgoingSignal.CONFERENCE;
    };
  }

  /** Anything unknown is an endpoint: real clients have sent their own names here. */
  static AddressType addressType(@Nullable String word) {
    return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
      case OutgoingSignal.DID -> AddressType.DID;
      case OutgoingSignal.SIP -> AddressType.SIP;
      case OutgoingSignal.CONFERENCE -> AddressType.CONFERENCE;
      default -> AddressType.WEB;
    };
  }
}
