package io.respoke.examples.audioconference;

import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Conference;
import io.respoke.Respoke;
import io.respoke.media.Tone;
import io.respoke.service.RespokeService;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Somebody who takes part, says one tone, and measures what is heard. */
final class Participant implements AutoCloseable {
  final int hertz;
  final Loudness ear = new Loudness();
  final Client client;
  final Conference conference;

  Participant(RespokeService service, String endpointId, String conferenceId, int hertz) {
    this.hertz = hertz;
    client =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(service.baseUrl())
                .appId(service.app().id())
                .developmentMode(true)
                .endpointId(endpointId)
                .build());
    await(client.connect());
    conference =
        client.joinConference(
            conferenceId,
            CallOptions.builder().microphone(Tone.endless(hertz, -20)).speaker(ear).build());
    await(conference.call().connected());
  }

  /** Whether the other's tone is clearly there. */
  boolean hears(Participant other) {
    return ear.at(other.hertz) > 1_000;
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    client.close();
  }
}
