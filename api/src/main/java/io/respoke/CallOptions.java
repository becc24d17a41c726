package io.respoke;

import io.respoke.event.RespokeEvent;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.ExternalMedia;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a call is started or answered. Immutable; each setting and its default is described at the
 * {@link Builder}.
 */
public final class CallOptions {
  private static final CallOptions DEFAULTS = builder().build();

  private final Builder values;

  private CallOptions(Builder values) {
    this.values = values;
  }

  /** All defaults. */
  public static CallOptions defaults() {
    return DEFAULTS;
  }

  /** Starts with all defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** See {@link Builder#audio}. */
  public Optional<Boolean> audio() {
    return Optional.ofNullable(values.audio);
  }

  /** See {@link Builder#video}. */
  public Optional<Boolean> video() {
    return Optional.ofNullable(values.video);
  }

  /** See {@link Builder#microphone}. */
  public Optional<AudioSource> microphone() {
    return Optional.ofNullable(values.microphone);
  }

  /** See {@link Builder#speaker}. */
  public Optional<AudioSink> speaker() {
    return Optional.ofNullable(values.speaker);
  }

  /** See {@link Builder#camera}. */
  public Optional<VideoSource> camera() {
    return Optional.ofNullable(values.camera);
  }

  /** See {@link Builder#display}. */
  public Optional<VideoSink> display() {
    return Optional.ofNullable(values.display);
  }

  /** See {@link Builder#externalMedia}. */
  public Optional<ExternalMedia> externalMedia() {
    return Optional.ofNullable(values.externalMedia);
  }

  /** See {@link Builder#sendOnly}. */
  public boolean sendOnly() {
    return values.sendOnly;
  }

  /** See {@link Builder#receiveOnly}. */
  public boolean receiveOnly() {
    return values.receiveOnly;
  }

  /** See {@link Builder#forceTurn}. */
  public boolean forceTurn() {
    return values.forceTurn;
  }

  /** See {@link Builder#disableTurn}. */
  public boolean disableTurn() {
    return values.disableTurn;
  }

  /** See {@link Builder#preview}. */
  public Optional<Consumer<Call>> preview() {
    return Optional.ofNullable(values.preview);
  }

  /** See {@link Builder#connectionId}. */
  public Optional<String> connectionId() {
    return Optional.ofNullable(values.connectionId);
  }

  /** See {@link Builder#metadata}. */
  public Optional<JsonValue> metadata() {
    return Optional.ofNullable(values.metadata);
  }

  /** See {@link Builder#callerId}. */
  public Optional<CallerId> callerId() {
    return Optional.ofNullable(values.callerId);
  }

  /** See {@link Builder#target}. */
  public CallTarget target() {
    return values.target;
  }

  /** See {@link Builder#on}. */
  public List<EventListener<?>> listeners() {
    return values.listeners;
  }

  /** Builds {@link CallOptions}. */
  public static final class Builder {
    private @Nullable Boolean audio;
    private @Nullable Boolean video;
    private @Nullable AudioSource microphone;
    private @Nullable AudioSink speaker;
    private @Nullable VideoSource camera;
    private @Nullable VideoSink display;
    private @Nullable ExternalMedia externalMedia;
    private boolean sendOnly;
    private boolean receiveOnly;
    private boolean forceTurn;
    private boolean disableTurn;
    private @Nullable Consumer<Call> preview;
    private @Nullable String connectionId;
    private @Nullable JsonValue metadata;
    private @Nullable CallerId callerId;
    private CallTarget target = CallTarget.CALL;
    private List<EventListener<?>> listeners = List.of();

    private Builder() {}

    private Builder(Builder other) {
      audio = other.audio;
      video = other.video;
      microphone = other.microphone;
      speaker = other.speaker;
      camera = other.camera;
      display = other.display;
      externalMedia = other.externalMedia;
      sendOnly = other.sendOnly;
      receiveOnly = other.receiveOnly;
      forceTurn = other.forceTurn;
      disableTurn = other.disableTurn;
      preview = other.preview;
      connectionId = other.connectionId;
      metadata = other.metadata;
      callerId = other.callerId;
      target = other.target;
      listeners = other.listeners;
    }

    /**
     * Whether the call has audio. Default: what the method says, or what is offered; then audio
     * that the other side adds in the call is taken too, and sent only if it would be in an answer.
     */
    public Builder audio(boolean audio) {
      this.audio = audio;
      return this;
    }

    /**
     * Whether the call has video. Default: what the method says, or what is offered; then video
     * that the other side adds in the call is taken too, and sent only if it would be in an answer.
     */
    public Builder video(boolean video) {
      this.video = video;
      return this;
    }

    /** Where the audio sent comes from. Default: silence. */
    public Builder microphone(AudioSource microphone) {
      this.microphone = Objects.requireNonNull(microphone, "microphone");
      return this;
    }

    /** Where the audio received goes. Default: nowhere. */
    public Builder speaker(AudioSink speaker) {
      this.speaker = Objects.requireNonNull(speaker, "speaker");
      return this;
    }

    /** Where the video sent comes from. Default: nowhere, so that no picture is sent. */
    public Builder camera(VideoSource camera) {
      this.camera = Objects.requireNonNull(camera, "camera");
      return this;
    }

    /** Where the video received goes. Default: nowhere. */
    public Builder display(VideoSink display) {
      this.display = Objects.requireNonNull(display, "display");
      return this;
    }

    /**
     * A media server of the application's that does this call's media, described by SDP. Default:
     * the media backend does it.
     */
    public Builder externalMedia(ExternalMedia externalMedia) {
      this.externalMedia = Objects.requireNonNull(externalMedia, "externalMedia");
      return this;
    }

    /** Nothing is received. Default: false. */
    public Builder sendOnly(boolean sendOnly) {
      this.sendOnly = sendOnly;
      return this;
    }

    /** Nothing is sent. Default: false. */
    public Builder receiveOnly(boolean receiveOnly) {
      this.receiveOnly = receiveOnly;
      return this;
    }

    /** Media goes through a TURN server or not at all. Default: false. */
    public Builder forceTurn(boolean forceTurn) {
      this.forceTurn = forceTurn;
      return this;
    }

    /** No TURN server is used. Default: false. */
    public Builder disableTurn(boolean disableTurn) {
      this.disableTurn = disableTurn;
      return this;
    }

    /**
     * Called on the callback executor when local media is ready, before anything is sent; the call
     * waits for {@link Call#approve()}. Default: no preview.
     */
    public Builder preview(Consumer<Call> preview) {
      this.preview = Objects.requireNonNull(preview, "preview");
      return this;
    }

    /** Only this connection of the endpoint rings. Default: all. Outgoing calls only. */
    public Builder connectionId(String connectionId) {
      this.connectionId = Objects.requireNonNull(connectionId, "connectionId");
      return this;
    }

    /** Attached to the offer. Default: nothing. Outgoing calls only. */
    public Builder metadata(JsonValue metadata) {
      this.metadata = Objects.requireNonNull(metadata, "metadata");
      return this;
    }

    /** Who is shown to be calling. Default: nobody. Outgoing calls only. */
    public Builder callerId(CallerId callerId) {
      this.callerId = Objects.requireNonNull(callerId, "callerId");
      return this;
    }

    /** What the call is for. Default: {@link CallTarget#CALL}. Outgoing calls only. */
    public Builder target(CallTarget target) {
      this.target = Objects.requireNonNull(target, "target");
      return this;
    }

    /** Listens to the call's events from the first one on. */
    public <E extends RespokeEvent> Builder on(Class<E> type, Consumer<? super E> listener) {
      List<EventListener<?>> more = new ArrayList<>(listeners);
      more.add(
          new EventListener<>(
              Objects.requireNonNull(type, "type"), Objects.requireNonNull(listener, "listener")));
      listeners = List.copyOf(more);
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if two settings exclude each other
     */
    public CallOptions build() {
      if (sendOnly && receiveOnly) {
        throw new IllegalArgumentException("sendOnly and receiveOnly exclude each other");
      }
      if (forceTurn && disableTurn) {
        throw new IllegalArgumentException("forceTurn and disableTurn exclude each other");
      }
      if (externalMedia != null
          && (microphone != null || speaker != null || camera != null || display != null)) {
        throw new IllegalArgumentException(
            "externalMedia does the media itself: leave microphone, speaker, camera and display"
                + " out");
      }
      return new CallOptions(new Builder(this));
    }
  }
}
