package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import io.respoke.media.MediaKind;
import io.respoke.spi.MediaConstraints;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Which transceivers carry a session's lanes: chosen before a description is made, and learnt when
 * one was applied. On the native thread only.
 */
final class LanePlacement {
  private final List<Lane> lanes;
  private final String streamId;
  private final BiConsumer<MediaKind, Boolean> changed;

  /**
   * @param streamId the id of the one stream that all tracks sent belong to
   * @param changed hears when the other side begins to send a kind, or ends
   */
  LanePlacement(List<Lane> lanes, String streamId, BiConsumer<MediaKind, Boolean> changed) {
    this.lanes = lanes;
    this.streamId = streamId;
    this.changed = changed;
  }

  /** Before an offer is made. */
  void forOffer(RTCPeerConnection at, MediaConstraints constraints) {
    for (Lane lane : lanes) {
      MediaConstraints.Direction wanted = lane.wanted(constraints);
      RTCRtpTransceiver transceiver = lane.find(transceivers(at));
      if (transceiver == null) {
        if (wanted == MediaConstraints.Direction.NONE) {
          continue;
        }
        if (wanted.sends()) {
          at.addTrack(lane.track(), List.of(streamId));
        } else {
          // Native code makes no transceiver without a track; this one stays silent.
          RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
          init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
          init.streamIds = List.of(streamId);
          at.addTransceiver(lane.track(), init);
        }
        List<RTCRtpTransceiver> all = transceivers(at);
        lane.placeAt(all.size() - 1);
        lane.attached(true);
        transceiver = all.get(all.size() - 1);
      }
      aim(lane, transceiver, wanted.sends(), wanted.receives());
    }
  }

  /** Before an answer is made to an offer of these sections. */
  void forAnswer(
      RTCPeerConnection at, MediaConstraints constraints, List<Sdp.Section> remoteSections) {
    List<RTCRtpTransceiver> all = transceivers(at);
    for (Lane lane : lanes) {
      List<Sdp.Section> offered =
          remoteSections.stream()
              .filter(section -> section.kind().equals(lane.word()) && !section.rejected())
              .toList();
      if (offered.isEmpty()) {
        continue;
      }
      MediaConstraints.Direction wanted = lane.wanted(constraints);
      RTCRtpTransceiver own = lane.find(all);
      String ownMid = own == null ? "" : mid(own);
      boolean known = offered.stream().anyMatch(section -> section.mid().equals(ownMid));
      Sdp.Section heard =
          offered.stream()
              .filter(section -> section.sends() && (!known || section.mid().equals(ownMid)))
              .findFirst()
              .or(() -> offered.stream().filter(Sdp.Section::sends).findFirst())
              .orElse(offered.get(0));
      String sendOn = known ? ownMid : heard.mid();
      for (RTCRtpTransceiver transceiver : all) {
        String mid = mid(transceiver);
        if (transceiver.stopped() || offered.stream().noneMatch(s -> s.mid().equals(mid))) {
          continue;
        }
        boolean receives = wanted.receives() && mid.equals(heard.mid());
        if (mid.equals(sendOn)) {
          lane.bindTo(mid);
          aim(lane, transceiver, wanted.sends(), receives);
        } else {
          transceiver.setDirection(Lane.direction(false, receives));
        }
      }
    }
  }

  private void aim(Lane lane, RTCRtpTransceiver transceiver, boolean sends, boolean receives) {
    if (sends && !lane.isAttached()) {
      transceiver.getSender().replaceTrack(lane.track());
      transceiver.getSender().setStreams(List.of(streamId));
      lane.attached(true);
    }
    transceiver.setDirection(Lane.direction(sends, receives));
  }

  /** A description was applied: what had only a place may have an id now. */
  void learn(RTCPeerConnection at) {
    List<RTCRtpTransceiver> all = transceivers(at);
    lanes.forEach(lane -> lane.learnMid(all));
  }

  /** Offer and answer are applied, the other side's with these sections. */
  void settle(RTCPeerConnection at, List<Sdp.Section> remoteSections) {
    List<RTCRtpTransceiver> all = transceivers(at);
    lanes.forEach(lane -> settle(lane, all, remoteSections));
  }

  private void settle(Lane lane, List<RTCRtpTransceiver> all, List<Sdp.Section> remoteSections) {
    boolean receives = false;
    List<String> mids = all.stream().map(LanePlacement::mid).toList();
    lane.keep(mids);
    for (RTCRtpTransceiver transceiver : all) {
      String mid = mid(transceiver);
      boolean ours =
          remoteSections.stream()
              .anyMatch(s -> s.mid().equals(mid) && s.kind().equals(lane.word()));
      if (ours && !transceiver.stopped() && receives(transceiver)) {
        receives = true;
        lane.listen(mid, transceiver);
      }
    }
    RTCRtpTransceiver own = lane.find(all);
    lane.sending(own != null && sends(own));
    if (receives != lane.isReceiving()) {
      lane.receiving(receives);
      changed.accept(lane.kind(), receives);
    }
  }

  /** Where the lanes are now, for {@link #restore}. */
  List<Integer> places(RTCPeerConnection at) {
    List<RTCRtpTransceiver> all = transceivers(at);
    return lanes.stream().map(lane -> lane.indexIn(all)).toList();
  }

  /** An offer was taken back: transceivers that have lost their id keep their lane. */
  void restore(RTCPeerConnection at, List<Integer> places) {
    List<RTCRtpTransceiver> all = transceivers(at);
    for (int i = 0; i < lanes.size(); i++) {
      int place = places.get(i);
      if (place >= 0 && place < all.size() && mid(all.get(place)).isEmpty()) {
        lanes.get(i).placeAt(place);
      }
    }
  }

  private static String mid(RTCRtpTransceiver transceiver) {
    String mid = transceiver.getMid();
    return mid == null ? "" : mid;
  }

  static List<RTCRtpTransceiver> transceivers(RTCPeerConnection at) {
    return List.of(at.getTransceivers());
  }

  private static boolean receives(RTCRtpTransceiver transceiver) {
    RTCRtpTransceiverDirection now = transceiver.getCurrentDirection();
    return now == RTCRtpTransceiverDirection.SEND_RECV
        || now == RTCRtpTransceiverDirection.RECV_ONLY;
  }

  private static boolean sends(RTCRtpTransceiver transceiver) {
    RTCRtpTransceiverDirection now = transceiver.getCurrentDirection();
    return now == RTCRtpTransceiverDirection.SEND_RECV
        || now == RTCRtpTransceiverDirection.SEND_ONLY;
  }
}
