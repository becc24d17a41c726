package io.respoke.examples.audioconference;

import io.respoke.ClientOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the host, and three who hum. */
final class Demo {
  private Demo() {}

  static void run(PrintStream out) throws InterruptedException {
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        AudioConference host = new AudioConference(settings(service), "room", out)) {
      Participant.await(host.start());
      try (Participant ada = new Participant(service, "ada", "room", 400);
          Participant bob = new Participant(service, "bob", "room", 700);
          Participant eve = new Participant(service, "eve", "room", 1_100)) {
        out.println("three take part: " + Participant.await(ada.conference.participants()).size());
        List<Participant> all = List.of(ada, bob, eve);
        for (int second = 0; second < 20 && !ada.hears(bob); second++) {
          TimeUnit.SECONDS.sleep(1);
        }
        for (Participant one : all) {
          out.printf(
              "%s hears 400 Hz: %s, 700 Hz: %s, 1100 Hz: %s%n",
              one.client.endpointId().orElseThrow(),
              one.hears(ada),
              one.hears(bob),
              one.hears(eve));
        }
      }
    }
    out.println("audio-conference: ok");
  }

  private static ClientOptions settings(RespokeService service) {
    return AudioConference.options(
        Map.of(
            "RESPOKE_BASE_URL", service.baseUrl().toString(),
            "RESPOKE_APP_SECRET", service.app().secret()),
        "host");
  }
}
