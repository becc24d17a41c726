package io.respoke.examples.supportdesk;

import io.respoke.Call;
import io.respoke.cdi.CallScoped;
import io.respoke.media.WavRecorder;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The recording of one call. */
@CallScoped
public class Recording {
  @Inject
  @ConfigProperty(name = "desk.recordings")
  String directory;

  private @Nullable WavRecorder recorder;

  /** Made by the container. */
  public Recording() {}

  /** Begins the file, in a directory that is there. */
  WavRecorder begin(Call call) {
    WavRecorder begun = WavRecorder.create(Path.of(directory, call.id() + ".wav"));
    recorder = begun;
    return begun;
  }

  /** Ends the file, and says how long it is; empty if there is none. */
  Optional<Duration> end() {
    return Optional.ofNullable(recorder)
        .map(
            begun -> {
              begun.close();
              return begun.duration();
            });
  }
}
