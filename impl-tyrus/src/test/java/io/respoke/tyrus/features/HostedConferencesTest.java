package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.respoke.AddressType;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.Conference;
import io.respoke.HangupReason;
import io.respoke.HostedConference;
import io.respoke.RequestRejectedException;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.event.Reconnected;
import io.respoke.media.ExternalMedia;
import io.respoke.tyrus.features.Stage.Seen;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The signalling of a conference between its host and who takes part. */
@DisplayName("M12 conferences, hosted and joined")
class HostedConferencesTest {
  private final Stage stage = new Stage();
  private final Client mixer = stage.connected(stage.brokered("mixer"));
  private final Client alice = stage.connected(stage.brokered("alice"));
  private final Seen<IncomingCall> ringing = seen(mixer, IncomingCall.class);

  /** A media server that only describes. */
  private static CallOptions media() {
    String sdp =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
            + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.0.2.1\r\na=sendrecv\r\n";
    return CallOptions.builder()
        .externalMedia(
            new ExternalMedia() {
              @Override
              public CompletionStage<String> createOffer() {
                return CompletableFuture.completedFuture(sdp);
              }

              @Override
              public CompletionStage<String> createAnswer(String offer) {
                return CompletableFuture.completedFuture(sdp);
              }

              @Override
              public CompletionStage<Void> applyAnswer(String answer) {
                return CompletableFuture.completedFuture(null);
              }
            })
        .build();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Conference joined() {
    Conference conference = alice.joinConference("room", media());
    Call incoming = ringing.next().call();
    assertEquals(AddressType.CONFERENCE, incoming.calledType());
    assertEquals("room", incoming.calledId());
    assertEquals("alice", incoming.remoteId());
    get(incoming.answer(media()));
    get(conference.call().connected());
    return conference;
  }

  @Test
  void theHostIsCalledSeesWhoTakesPartAndRemovesThem() {
    HostedConference hosted = get(mixer.hostConference("room"));
    assertEquals("room", hosted.id());
    assertEquals(mixer, hosted.client());
    Conference conference = joined();
    assertEquals("room", conference.call().calledId());
    assertEquals(AddressType.CONFERENCE, conference.call().calledType());
    List<Conference.Participant> all =
        List.of(new Conference.Participant("alice", alice.connectionId().orElseThrow()));
    assertEquals(all, get(hosted.participants()));
    assertEquals(all, get(conference.participants()));

    Seen<CallEnded> ended = seen(alice, CallEnded.class);
    get(hosted.removeParticipant("alice", alice.connectionId().orElseThrow()));
    assertEquals(HangupReason.REMOTE_HANGUP, ended.next().reason());
    assertEquals(List.of(), get(hosted.participants()));
  }

  @Test
  void closingHangsUpAndSomebodyElseMayHost() {
    HostedConference hosted = get(mixer.hostConference("room"));
    assertInstanceOf(RequestRejectedException.class, failure(alice.hostConference("room")));
    Conference conference = joined();
    Seen<CallEnded> ended = seen(alice, CallEnded.class);
    get(hosted.close());
    assertEquals(conference.call(), ended.next().call());
    assertInstanceOf(RequestRejectedException.class, failure(hosted.close()));
    get(alice.hostConference("room"));
  }

  @Test
  void aHostThatComesBackHostsAgain() {
    HostedConference hosted = get(mixer.hostConference("room"));
    joined();
    Seen<CallEnded> ended = seen(alice, CallEnded.class);
    Seen<Reconnected> back = seen(mixer, Reconnected.class);
    stage.service.hooks().dropConnections("mixer");
    assertEquals(HangupReason.REMOTE_HANGUP, ended.next().reason());
    back.next();
    assertEquals(List.of(), get(hosted.participants())); // asked after it was hosted again
    joined();
  }

  @Test
  void anEndpointIsCalledByItsOwnId() {
    Call call = alice.startCall("mixer", media());
    Call incoming = ringing.next().call();
    assertEquals(AddressType.WEB, incoming.calledType());
    assertEquals("mixer", incoming.calledId());
    assertEquals("mixer", call.calledId());
    get(call.hangup());
  }
}
