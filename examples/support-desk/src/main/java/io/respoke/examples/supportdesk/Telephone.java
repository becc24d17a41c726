package io.respoke.examples.supportdesk;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.RespokeException;
import io.respoke.cdi.OnCall;
import io.respoke.cdi.OnCall.Direction;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.media.AudioSource;
import io.respoke.media.Tone;
import io.respoke.media.WavFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The desk's calls: greets who calls, records what they say, and is busy meanwhile. */
@ApplicationScoped
public class Telephone {
  @Inject Client client;
  @Inject Desk desk;

  @Inject
  @ConfigProperty(name = "desk.greeting")
  Optional<String> greeting;

  /** Made by the container. */
  public Telephone() {}

  void rings(@Observes @OnCall(Direction.INCOMING) IncomingCall event, Recording recording) {
    Call call = event.call();
    if (People.visitorNamed(call.remoteId()).isEmpty()) {
      call.reject("the desk is for visitors");
      return;
    }
    CallOptions media;
    try {
      media = CallOptions.builder().microphone(welcome()).speaker(recording.begin(call)).build();
    } catch (RespokeException e) {
      Desk.log("neither greeting nor recording for " + call.remoteId(), e);
      call.reject("the desk cannot take calls");
      return;
    }
    client.setPresence("busy");
    call.answer(media)
        .whenComplete((done, failure) -> Desk.log("no answer to " + call.remoteId(), failure));
  }

  private AudioSource welcome() {
    return greeting
        .<AudioSource>map(file -> WavFile.open(Path.of(file)))
        .orElseGet(() -> Tone.of(660, -14, Duration.ofSeconds(2)));
  }

  void ended(@Observes @OnCall(Direction.INCOMING) CallEnded event, Recording recording) {
    Call ended = event.call();
    if (client.calls().stream().allMatch(call -> call.id().equals(ended.id()))) {
      client.setPresence("available");
    }
    recording
        .end()
        .ifPresent(
            length ->
                People.visitorNamed(ended.remoteId())
                    .ifPresent(visitor -> tell(visitor, ended.id(), length)));
  }

  private void tell(String visitor, String call, Duration length) {
    desk.tell(visitor, "desk: Your call is recorded, " + length.toSeconds() + " s: " + call)
        .whenComplete((done, failure) -> Desk.log(visitor + "'s recording is in no case", failure));
  }
}
