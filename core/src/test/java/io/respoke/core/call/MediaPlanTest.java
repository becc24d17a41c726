package io.respoke.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.CallOptions;
import io.respoke.media.MediaKind;
import io.respoke.media.VideoFormat;
import io.respoke.media.VideoSource;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import org.junit.jupiter.api.Test;

class MediaPlanTest {
  private static final OfferedMedia BOTH = new OfferedMedia(true, true, true, true);
  private static final OfferedMedia AUDIO = new OfferedMedia(true, false, true, false);

  private static MediaPlan audioCall(CallOptions options) {
    return MediaPlan.of(options, true, false);
  }

  private static CallOptions camera() {
    return CallOptions.builder()
        .camera(
            new VideoSource() {
              @Override
              public VideoFormat format() {
                return new VideoFormat(32, 32, 5);
              }

              @Override
              public boolean read(byte[] i420) {
                return false;
              }
            })
        .build();
  }

  @Test
  void whatTheOtherSideAddsIsReceivedAndSentOnlyWithACamera() {
    MediaPlan blind = audioCall(CallOptions.defaults());
    assertEquals(Direction.NONE, blind.constraints().video());
    assertEquals(Direction.RECEIVE_ONLY, blind.joinedBy(BOTH).constraints().video());
    assertEquals(Direction.SEND_RECEIVE, blind.joinedBy(BOTH).constraints().audio());
    assertEquals(Direction.SEND_RECEIVE, audioCall(camera()).joinedBy(BOTH).constraints().video());
  }

  @Test
  void whatWasThereIsKeptAndWhatIsNotOfferedDoesNotCome() {
    MediaPlan plan = audioCall(CallOptions.defaults());
    assertEquals(plan, plan.joinedBy(AUDIO));
    assertEquals(plan, plan.joinedBy(OfferedMedia.NONE));
    MediaPlan both = plan.joinedBy(BOTH);
    assertEquals(both, both.joinedBy(AUDIO));
  }

  @Test
  void whatTheApplicationDeclinedOrRemovedDoesNotCome() {
    MediaPlan declined = audioCall(CallOptions.builder().video(false).build());
    assertEquals(declined, declined.joinedBy(BOTH));
    MediaPlan removed =
        audioCall(CallOptions.defaults())
            .with(MediaKind.VIDEO, MediaDevices.none())
            .without(MediaKind.VIDEO);
    assertEquals(removed, removed.joinedBy(BOTH));
    assertEquals(
        Direction.SEND_RECEIVE,
        removed.with(MediaKind.VIDEO, MediaDevices.none()).constraints().video());
  }
}
