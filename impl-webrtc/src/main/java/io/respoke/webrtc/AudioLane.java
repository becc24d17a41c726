package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.spi.MediaDevices;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The audio of a session. */
final class AudioLane extends Lane {
  private final Engine engine;
  private final Executor application;
  private final Consumer<Throwable> failed;
  private final String trackId;
  private final AudioOutlet outlet = new AudioOutlet();
  private final Set<String> heard = new HashSet<>();
  private final CustomAudioSource source = new CustomAudioSource();
  private final AudioFeed feed = new AudioFeed(this::push);
  private boolean feeding;
  private boolean delivering;
  private @Nullable AudioTrack track;

  AudioLane(Engine engine, String trackId, Consumer<Throwable> failed) {
    super(MediaKind.AUDIO);
    this.engine = engine;
    this.application = engine.applicationThreads();
    this.trackId = trackId;
    this.failed = failed;
  }

  private void push(byte[] bytes, int channels) {
    source.pushAudio(bytes, Short.SIZE, 48_000, channels, AudioFeed.FRAMES);
  }

  @Override
  MediaStreamTrack track() {
    AudioTrack made = track;
    if (made == null) {
      made = engine.factory().createAudioTrack(trackId, source);
      track = made;
    }
    return made;
  }

  @Override
  void feed(boolean now) {
    feeding = now;
    feed.run(now);
    pace();
  }

  /** The clock runs for those only that send or receive, or have somebody to listen to. */
  private void pace() {
    engine.audioClock().pace(feed, feeding || delivering || feed.microphone() != null);
  }

  @Override
  void devices(MediaDevices devices) {
    outlet.sink(devices.speaker().orElse(null), application, failed);
    AudioSource wanted = devices.microphone().orElse(null);
    Microphone now = feed.microphone();
    if (wanted == null) {
      feed.microphone(null);
    } else if (now == null || !now.isOf(wanted)) {
      try {
        feed.microphone(new Microphone(wanted, application, failed));
      } catch (Throwable e) {
        failed.accept(e);
        feed.microphone(null);
      }
    }
    pace();
  }

  @Override
  void mute(MediaFlow flow, boolean muted) {
    if (flow == MediaFlow.OUTGOING) {
      feed.mute(muted);
    } else {
      outlet.mute(muted);
    }
  }

  @Override
  void listen(String section, RTCRtpTransceiver transceiver) {
    if (heard.add(section) && transceiver.getReceiver().getTrack() instanceof AudioTrack remote) {
      remote.addSink(outlet);
    }
  }

  @Override
  void deliver(boolean now) {
    delivering = now;
    outlet.active(now);
    pace();
  }

  @Override
  void keep(List<String> sections) {
    heard.retainAll(sections);
  }

  @Override
  void detach() {
    engine.audioClock().remove(feed);
    feed.run(false);
    outlet.active(false);
  }

  @Override
  void dispose() {
    feed.microphone(null);
    outlet.sink(null, application, failed);
    if (track != null) {
      Engine.dispose("audio track", track::dispose);
    }
    Engine.dispose("audio source", source::dispose);
  }
}
