package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of media of a session: the track sent, where it comes from, where what is received goes.
 * On the native thread only.
 *
 * <p>What native code gives for a transceiver is a bare pointer, which dies when the transceiver is
 * taken out of the peer connection. So none is kept: it is looked up each time, by the id of its
 * media section, and by its place as long as it has none.
 */
abstract class Lane {
  private final MediaKind kind;
  private @Nullable String mid;
  private int place = -1;
  private boolean attached;
  private boolean sending;
  private boolean receiving;

  Lane(MediaKind kind) {
    this.kind = kind;
  }

  /** The track to send, made when it is first needed. */
  abstract MediaStreamTrack track();

  /** Lets media flow into the track, or not. */
  abstract void feed(boolean now);

  abstract void devices(MediaDevices devices);

  abstract void mute(MediaFlow flow, boolean muted);

  /** Takes what is received in a media section. */
  abstract void listen(String section, RTCRtpTransceiver transceiver);

  /** Whether what is received goes to the application. */
  abstract void deliver(boolean now);

  /** Forgets sections that are not there any more. */
  abstract void keep(List<String> sections);

  /** Before the peer connection is closed. */
  abstract void detach();

  /** After it is closed. */
  abstract void dispose();

  MediaKind kind() {
    return kind;
  }

  String word() {
    return kind == MediaKind.AUDIO ? "audio" : "video";
  }

  MediaConstraints.Direction wanted(MediaConstraints constraints) {
    return kind == MediaKind.AUDIO ? constraints.audio() : constraints.video();
  }

  boolean isSending() {
    return sending;
  }

  void sending(boolean now) {
    sending = now;
  }

  boolean isReceiving() {
    return receiving;
  }

  void receiving(boolean now) {
    receiving = now;
    deliver(now);
  }

  boolean isAttached() {
    return attached;
  }

  void attached(boolean now) {
    attached = now;
  }

  void placeAt(int index) {
    place = index;
    mid = null;
  }

  void bindTo(String section) {
    if (!section.equals(mid)) {
      mid = section;
      attached = false;
    }
  }

  /** A description was applied: what had only a place may have an id now. */
  void learnMid(List<RTCRtpTransceiver> transceivers) {
    if (mid == null && place >= 0 && place < transceivers.size()) {
      String now = transceivers.get(place).getMid();
      if (now != null && !now.isEmpty()) {
        mid = now;
      }
    }
  }

  @Nullable RTCRtpTransceiver find(List<RTCRtpTransceiver> transceivers) {
    int index = indexIn(transceivers);
    if (index >= 0 && !transceivers.get(index).stopped()) {
      return transceivers.get(index);
    }
    mid = null;
    place = -1;
    attached = false;
    return null;
  }

  /** Where it is among all; -1 if nowhere. */
  int indexIn(List<RTCRtpTransceiver> transceivers) {
    if (mid == null) {
      return place < transceivers.size() ? place : -1;
    }
    for (int i = 0; i < transceivers.size(); i++) {
      if (mid.equals(transceivers.get(i).getMid())) {
        return i;
      }
    }
    return -1;
  }

  static RTCRtpTransceiverDirection direction(boolean sends, boolean receives) {
    if (sends) {
      return receives ? RTCRtpTransceiverDirection.SEND_RECV : RTCRtpTransceiverDirection.SEND_ONLY;
    }
    return receives ? RTCRtpTransceiverDirection.RECV_ONLY : RTCRtpTransceiverDirection.INACTIVE;
  }
}
