package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCDtmfSender;
import dev.onvoid.webrtc.RTCDtmfSenderObserver;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.Tones;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays key tones, one order at a time. On the native thread, but for the callbacks. */
final class TonePlayer implements RTCDtmfSenderObserver {
  private static final System.Logger LOG = System.getLogger(TonePlayer.class.getName());

  private final SessionEvents events;
  private boolean observing;
  private boolean playing;

  TonePlayer(SessionEvents events) {
    this.events = events;
  }

  void play(RTCDtmfSender to, Tones tones) {
    synchronized (this) {
      if (playing) {
        throw Failures.state("Other tones are being played");
      }
    }
    if (!to.canInsertDtmf()) {
      throw new MediaException(
          Reason.UNSUPPORTED, "Tones cannot be played: the other side does not take them");
    }
    dispose(to);
    to.registerObserver(this);
    observing = true;
    synchronized (this) {
      playing = true;
    }
    if (!to.insertDtmf(
        tones.tones(), (int) tones.duration().toMillis(), (int) tones.gap().toMillis())) {
      synchronized (this) {
        playing = false;
      }
      throw new MediaException(Reason.UNSUPPORTED, "Tones cannot be played here");
    }
  }

  /** Stops, and says what was not played. */
  String cancel(@Nullable RTCDtmfSender from) {
    synchronized (this) {
      if (!playing || from == null) {
        return "";
      }
      playing = false;
    }
    String left = Objects.requireNonNullElse(from.tones(), "");
    from.insertDtmf("", (int) Tones.DEFAULT_DURATION.toMillis(), 50);
    return left;
  }

  void dispose(@Nullable RTCDtmfSender from) {
    if (observing && from != null) {
      Engine.dispose("tone observer", from::unregisterObserver);
      observing = false;
    }
  }

  /** From native code: whatever this throws would end the process. */
  @Override
  public void onToneChange(@Nullable String nativeTone, @Nullable String toneBuffer) {
    try {
      // Native code gives no empty strings.
      String tone = Objects.requireNonNullElse(nativeTone, "");
      synchronized (this) {
        if (!playing) {
          return;
        }
        playing = !tone.isEmpty();
      }
      events.tell(listener -> listener.onTone(tone));
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "A tone could not be told", e);
    }
  }
}
